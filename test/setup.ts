import fc from 'fast-check';

// Generated cases are the same in every run, so that a change is never blamed for what luck brought up; FC_SEED=N looks at others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_121) });
