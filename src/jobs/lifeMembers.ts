import Type from 'typebox';

const week = 604_800;

/** What a request, and a job for all of its requests, says of the life of a run. */
export const lifeMembers = {
  mode: Type.Optional(
    Type.Unsafe<'recreate' | 'clone'>({
      type: 'string',
      enum: ['recreate', 'clone'],
      description:
        'recreate (without it) writes the group itself; clone runs copies beside it, which are deleted afterwards.',
    }),
  ),
  tasks: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'How many copies run, in mode clone; 1 without it.',
    }),
  ),
  parallelism: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'How many of them run at a time; all of them without it.',
    }),
  ),
  timeoutSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: week,
      description: 'When the run is stopped, counted from its launch; 86400 without it.',
    }),
  ),
  startWithinSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: week,
      description:
        'How long the run may wait for its first container, its queue, throttles and quotas included; 21600 without it.',
    }),
  ),
  maxRetries: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10,
      description:
        'How often a failed run is launched again; under restartPolicy OnFailure how often ACI may start a container again.',
    }),
  ),
  ttlSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: week,
      description: 'How long copies are kept after the run, in mode clone; 3600 without it.',
    }),
  ),
  ifRunning: Type.Optional(
    Type.Unsafe<'reject' | 'queue' | 'replace'>({
      type: 'string',
      enum: ['reject', 'queue', 'replace'],
      description:
        'What to do when a run still holds the group: answer 409 (without it), wait for its end, or end it and start this one.',
    }),
  ),
};
