import Type from 'typebox';

/**
 * What the app answers, as it describes itself. They are open: a member may come. A test holds them to the types that the code has for the
 * same, and what is answered to them.
 */
const oneOf = <const Word extends string>(words: readonly Word[], description?: string) =>
  Type.Unsafe<Word>({ type: 'string', enum: [...words], ...(description && { description }) });
const text = (description: string) => Type.String({ description });
const time = (description: string) => Type.String({ format: 'date-time', description });
const url = (description: string) => Type.String({ description });
const textMap = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
});
const asAzureHasIt = (description: string) =>
  Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true, description });
const ref = <Value>(name: string) => Type.Unsafe<Value>({ $ref: `#/components/schemas/${name}` });

const oneOfThese = (...names: string[]) =>
  Type.Unsafe<unknown>({ anyOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) });

const runStatus = oneOf(
  ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'],
  'Where the run stands. It is over when it is neither NotStarted nor Running.',
);
const runReason = oneOf(
  [
    ...(['Queued', 'GroupBusy', 'Throttled', 'QuotaReached', 'CapacityUnavailable', 'Launching'] as const),
    ...(['Running', 'Completed', 'NonZeroExit', 'ImagePull', 'OutOfMemory', 'LaunchRejected'] as const),
    ...(['TimedOut', 'NeverStarted', 'CanceledByCaller', 'Superseded', 'GroupChanged'] as const),
    'GroupDeleted',
  ],
  'Why it stands there.',
);

const runContainer = Type.Object({
  name: text('The name of the container.'),
  state: text("ACI's Waiting, Running or Terminated."),
  exitCode: Type.Optional(Type.Integer()),
  restartCount: Type.Integer(),
  detailStatus: Type.Optional(text("ACI's own word for why.")),
});

const runState = {
  status: runStatus,
  reason: runReason,
  error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
  attempt: Type.Integer({ description: 'Launches so far; 0 before the first.' }),
  startedAt: Type.Optional(time('When its first container started.')),
  finishedAt: Type.Optional(time('When it was over.')),
  containers: Type.Array(runContainer),
};

const runLinks = Type.Object({
  self: url('The run.'),
  logs: url('What it prints.'),
  cancel: url('POST here ends it.'),
  rerun: url('POST here does the same again.'),
  containerGroup: url('Its container group.'),
  result: Type.Optional(url('The run, for who has this URL: it takes no key, and expires.')),
});

const run = Type.Object(
  {
    id: text('The id of the run, a GUID.'),
    ...runState,
    containerGroup: text("The group's ARM resource id."),
    job: Type.Optional(text('The job that it is a run of.')),
    mode: oneOf(['recreate', 'clone'], 'recreate writes the group itself; clone runs copies beside it.'),
    createdAt: time('When it was asked for.'),
    timeoutAt: Type.Optional(time('When it is stopped at the latest.')),
    tasks: Type.Optional(
      Type.Array(Type.Object({ index: Type.Integer(), containerGroup: Type.String(), ...runState }), {
        description: 'The copies, in mode clone alone.',
      }),
    ),
    env: Type.Array(
      Type.Object({
        container: Type.String(),
        name: Type.String(),
        value: Type.Optional(Type.String()),
        secure: Type.Optional(Type.Unsafe<true>({ type: 'boolean', const: true })),
      }),
      { description: 'The variables that it sets; the value of a secure one is never shown.' },
    ),
    warnings: Type.Array(Type.String()),
    startedBy: Type.Object({
      via: text('What asked for it, such as POST jobs/nightly/runs.'),
      principal: Type.Optional(
        Type.Object(
          {
            objectId: Type.Optional(Type.String()),
            tenantId: Type.Optional(Type.String()),
            appId: Type.Optional(Type.String()),
            name: Type.Optional(Type.String()),
          },
          { description: 'Who that was, by Entra ID; only known behind Easy Auth.' },
        ),
      ),
    }),
    links: runLinks,
  },
  { description: 'One execution of a container group with its own overrides.' },
);

const change = Type.Object({
  property: text("ACI's own property path, with the names of containers, variables and volumes."),
  action: oneOf(['set', 'remove', 'restore']),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});

const dryRun = Type.Object(
  {
    dryRun: Type.Unsafe<true>({ type: 'boolean', const: true }),
    containerGroup: text("The group's ARM resource id."),
    changes: Type.Array(change, { description: 'What secret values are is masked.' }),
    warnings: Type.Array(Type.String()),
  },
  { description: 'What a launch would do.' },
);

const ignored = Type.Object(
  { status: Type.Unsafe<'Ignored'>({ type: 'string', const: 'Ignored' }), message: Type.String() },
  { description: 'Nothing was started, and why.' },
);

const nextLink = Type.Optional(url('The next page; absent on the last one.'));

const event = asAzureHasIt('An event as ACI tells of it.');

const containerState = {
  state: Type.Optional(Type.String()),
  exitCode: Type.Optional(Type.Integer()),
  detailStatus: Type.Optional(Type.String()),
  startTime: Type.Optional(Type.String()),
  finishTime: Type.Optional(Type.String()),
};

const container = Type.Object({
  name: Type.String(),
  image: Type.Optional(Type.String()),
  command: Type.Optional(Type.Array(Type.String())),
  resources: Type.Optional(asAzureHasIt("ACI's requests and limits.")),
  ...containerState,
  restartCount: Type.Optional(Type.Integer()),
  previousState: Type.Optional(Type.Object(containerState)),
  events: Type.Optional(Type.Array(event)),
  environmentVariables: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String(),
        value: Type.Optional(Type.String()),
        secureValue: Type.Optional(text('Never the value itself.')),
        secureValueReference: Type.Optional(Type.String()),
      }),
    ),
  ),
});

const containerGroup = Type.Object(
  {
    id: text('The ARM resource id.'),
    name: Type.String(),
    resourceGroup: Type.String(),
    subscriptionId: Type.String(),
    location: Type.Optional(Type.String()),
    tags: Type.Optional(textMap),
    state: Type.Optional(text("ACI's state of the group.")),
    provisioningState: Type.Optional(text("ARM's state of the last write.")),
    osType: Type.Optional(Type.String()),
    restartPolicy: Type.String(),
    ipAddress: Type.Optional(asAzureHasIt('The address of the group.')),
    containers: Type.Array(container),
    initContainers: Type.Optional(Type.Array(container)),
    events: Type.Optional(Type.Array(event)),
    run: Type.Optional(
      Type.Object(
        { id: Type.String(), status: runStatus, reason: runReason, links: runLinks },
        { description: 'The run whose mark it carries.' },
      ),
    ),
  },
  { description: 'What a container group does and why.' },
);

const containerGroupSummary = Type.Object({
  id: text('The ARM resource id.'),
  name: Type.String(),
  resourceGroup: Type.String(),
  subscriptionId: Type.String(),
  location: Type.Optional(Type.String()),
  status: text(
    "ACI's state of the group; its provisioning state while it has none; Unknown when Azure would not tell.",
  ),
  provisioningState: Type.Optional(Type.String()),
  image: Type.Optional(text('The image of the first container.')),
  containers: Type.Array(
    Type.Object({
      name: Type.String(),
      image: Type.Optional(Type.String()),
      state: Type.Optional(Type.String()),
    }),
  ),
  tags: Type.Optional(textMap),
});

const jobSummary = {
  name: Type.String(),
  containerGroup: text("The group's ARM resource id."),
  container: Type.Optional(text('The container that env is for.')),
  schedule: Type.Optional(text('When it also runs by itself, in UTC.')),
  links: Type.Object({
    self: Type.String(),
    runs: Type.String(),
    trigger: Type.String(),
    hook: Type.Optional(Type.String()),
  }),
};

const job = Type.Object({
  ...jobSummary,
  mode: Type.Optional(Type.String()),
  tasks: Type.Optional(Type.Integer()),
  parallelism: Type.Optional(Type.Integer()),
  timeoutSeconds: Type.Optional(Type.Integer()),
  startWithinSeconds: Type.Optional(Type.Integer()),
  maxRetries: Type.Optional(Type.Integer()),
  ttlSeconds: Type.Optional(Type.Integer()),
  ifRunning: Type.String(),
  roles: Type.Optional(
    Type.Array(Type.String(), { description: 'App roles that may launch it, besides Runs.Launch.' }),
  ),
  contract: asAzureHasIt('What callers may POST to it, as a JSON Schema (draft 7).'),
  map: Type.Optional(
    Type.Array(asAzureHasIt('A variable, and where it comes from.'), {
      description: 'How the payload of a trigger becomes variables.',
    }),
  ),
});

const dependency = Type.Object({
  status: oneOf(['Healthy', 'Unhealthy']),
  code: Type.Optional(text('What was wrong.')),
});

const fault = Type.Object({
  code: Type.String(),
  target: text('A JSON Pointer into what was sent, or the name of a parameter or header.'),
  message: Type.String(),
});

const usage = (description: string) =>
  Type.Array(
    Type.Object({
      time: time('When the interval begins.'),
      average: Type.Optional(Type.Number({ minimum: 0 })),
      maximum: Type.Optional(Type.Number({ minimum: 0 })),
    }),
    { description },
  );

/** By the names that they have in the documents. */
export const schema = {
  Error: Type.Object(
    {
      error: Type.Object({
        code: Type.String(),
        message: Type.String(),
        details: Type.Optional(Type.Array(fault, { description: 'Every fault.' })),
      }),
    },
    { description: "Azure's envelope of an error." },
  ),
  Run: run,
  DryRun: dryRun,
  Ignored: ignored,
  RunOrDryRun: oneOfThese('Run', 'DryRun'),
  RunOrIgnored: oneOfThese('Run', 'Ignored'),
  RunList: Type.Object({ value: Type.Array(ref<Type.Static<typeof run>>('Run')), nextLink }),
  RunsOfEvents: Type.Object(
    {
      value: Type.Array(oneOfThese('Run', 'Ignored')),
    },
    { description: 'What each event of a delivery came to.' },
  ),
  SenderCheck: Type.Object(
    {
      validationResponse: Type.Optional(text('To Event Grid.')),
      challenge: Type.Optional(text('To Slack.')),
    },
    { description: 'The answer by which a sender knows that it may send.' },
  ),
  RunOrRunsOfEvents: oneOfThese('Run', 'RunsOfEvents'),
  DeliveryOver: oneOfThese('Run', 'Ignored', 'RunsOfEvents', 'SenderCheck'),
  ContainerGroup: containerGroup,
  ContainerGroupList: Type.Object({
    value: Type.Array(containerGroupSummary),
    nextLink,
    errors: Type.Optional(
      Type.Array(Type.Object({ scope: Type.String(), code: Type.String(), message: Type.String() }), {
        description: 'What Azure refused while the rest was listed.',
      }),
    ),
  }),
  ContainerGroupWritten: Type.Object({
    message: Type.String(),
    containerId: text("The group's ARM resource id."),
    provisioningState: Type.String(),
  }),
  ContainerGroupOperated: Type.Object({
    message: Type.String(),
    containerId: text("The group's ARM resource id."),
  }),
  Message: Type.Object({ message: Type.String() }),
  Tags: Type.Object({ id: text('The ARM resource id.'), tags: textMap }),
  Logs: Type.Object({ container: Type.String(), content: Type.String() }),
  ContainerGroupMetrics: Type.Object({
    containerGroup: text("The group's ARM resource id."),
    timespan: Type.Object({ start: time('From.'), end: time('To.') }),
    interval: Type.String(),
    containers: Type.Array(
      Type.Object({
        name: Type.String(),
        cpuMillicores: usage(
          '1000 is one core, busy all the time. Intervals without a measurement are left out.',
        ),
        memoryBytes: usage('Intervals without a measurement are left out.'),
      }),
    ),
  }),
  JobList: Type.Object({ value: Type.Array(Type.Object(jobSummary)) }),
  Job: job,
  Health: Type.Object({
    status: oneOf(['Healthy', 'Unhealthy']),
    dependencies: Type.Unsafe<Record<string, Type.Static<typeof dependency>>>({
      type: 'object',
      additionalProperties: dependency,
    }),
  }),
  WhoAmI: Type.Object({
    authentication: oneOf(['functionKey', 'armToken', 'easyAuth']),
    principal: Type.Optional(
      Type.Object({
        objectId: Type.Optional(Type.String()),
        tenantId: Type.Optional(Type.String()),
        appId: Type.Optional(Type.String()),
        name: Type.Optional(Type.String()),
        roles: Type.Array(Type.String()),
      }),
    ),
    may: Type.Optional(
      Type.Object({
        readContainers: Type.Boolean(),
        writeContainers: Type.Boolean(),
        launchJobs: Type.Array(Type.String()),
      }),
    ),
  }),
};
