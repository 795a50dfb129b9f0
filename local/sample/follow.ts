/** A run, as much of it as the demo shows. */
export type Run = {
  id: string;
  status: string;
  reason: string;
  attempt: number;
  containers: { exitCode?: number }[];
  tasks?: (Pick<Run, 'status' | 'attempt' | 'containers'> & { index: number })[];
  links: { logs: string };
};

const pollMs = 300;

/** POSTs a RunRequest to the job `hello`. */
export async function postRun(hostUrl: string, body: object): Promise<Response> {
  console.log(`\nPOST ${hostUrl}/api/jobs/hello/runs\n  ${JSON.stringify(body)}`);
  return fetch(`${hostUrl}/api/jobs/hello/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * Asks for the run that an answer names until it is over.
 * @param describe what there is to say of it; each change of that is a line.
 * @param seconds how much time has gone by, in words.
 */
export async function followed(
  answer: Response,
  describe: (run: Run) => string,
  seconds: () => string,
): Promise<Run> {
  const { id } = (await answer.json()) as Run;
  console.log(`\nRun ${id}`);
  let shown = '';
  for (;;) {
    const run = (await (await fetch(answer.headers.get('operation-location') ?? '')).json()) as Run;
    const line = describe(run);
    if (line !== shown) {
      shown = line;
      console.log(`  ${seconds().padStart(6)}  ${line}`);
    }
    if (isOver(run)) {
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

export function isOver({ status }: Pick<Run, 'status'>): boolean {
  return !['NotStarted', 'Running'].includes(status);
}
