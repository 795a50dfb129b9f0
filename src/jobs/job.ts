import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import type { JsonObject } from '../aci/json.ts';
import type { Secret } from '../aci/plan/secrets.ts';
import type { Hook } from '../hooks/hook.ts';
import type { ImagePolicy } from '../hooks/images/imagePolicyFaults.ts';
import type { Check } from '../validation/faults.ts';
import type { AllowableMember } from './allowable.ts';
import type { Condition, Mapping } from './jobsFile.schema.ts';
import type { RunLife } from './runRequest.schema.ts';

/** A container group under a name, and what its callers may do with it. */
export type Job = {
  name: string;
  containerGroup: ContainerGroupId;
  /** The container that `env` is for; without one, the group's only container. */
  container?: string;
  /** What the variables must fit, when the operator says. */
  contract?: { schema: JsonObject; check: Check };
  allow: ReadonlySet<AllowableMember>;
  /** The app roles that may launch it, besides the one for all jobs. */
  roles: readonly string[];
  secrets: readonly Secret[];
  /** What it says of the life of its runs; requests may say otherwise where it lets them. */
  life: RunLife;
  /** What callbacks are signed with; none, where they are not. */
  callbackSecrets: readonly string[];
  /** Without a map, each top-level key of a payload is a variable. */
  map?: readonly Mapping[];
  when: readonly Condition[];
  /** How senders that hold no key prove who they are; none, where there are none. */
  hook?: Hook;
  /** When it runs by itself. */
  schedule?: string;
  imagePolicy?: ImagePolicy;
  /** What its hook is for, when it is for pushes alone. */
  onImagePush?: 'redeploy';
};
