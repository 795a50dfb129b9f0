import type { ContainerGroupSummary } from '../../aci/listing/summary.ts';
import type { Change } from '../../aci/plan/change.ts';
import type { ShownRun } from '../../functions/http/shownRun.ts';
import type { Schema } from '../launch/fields.ts';

/** What the app's functions answer, as far as the page reads it. */

export type { Change, ContainerGroupSummary, ShownRun };

export type JobSummary = { name: string; containerGroup: string; container?: string; schedule?: string };

export type JobList = { value: JobSummary[] };

export type JobDetails = JobSummary & {
  contract: Schema;
  ifRunning: string;
  mode?: string;
  timeoutSeconds?: number;
};

export type RunList = { value: ShownRun[]; nextLink?: string };

export type GroupList = {
  value: ContainerGroupSummary[];
  nextLink?: string;
  errors?: { code: string; message: string; subscriptionId?: string }[];
};

export type GroupEvent = {
  name?: string;
  type?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string;
};

export type GroupDetails = {
  id: string;
  name: string;
  location?: string;
  state?: string;
  provisioningState?: string;
  osType?: string;
  restartPolicy: string;
  tags?: Record<string, string>;
  containers: {
    name: string;
    image?: string;
    state?: string;
    exitCode?: number;
    detailStatus?: string;
    startTime?: string;
    finishTime?: string;
    restartCount?: number;
    events?: GroupEvent[];
    environmentVariables?: {
      name: string;
      value?: string;
      secureValue?: string;
      secureValueReference?: string;
    }[];
  }[];
  events?: GroupEvent[];
  run?: { id: string; status: string; reason: string };
};

export type Plan = { changes: Change[]; warnings: string[] };

export type Logs = { container: string; content: string };

export type Whoami = {
  authentication: 'easyAuth' | 'functionKey' | 'armToken';
  principal?: { name?: string; appId?: string; roles: string[] };
  may?: { readContainers: boolean; writeContainers: boolean; launchJobs: string[] };
};
