/** The container group that `npm start` and `npm run demo` bring along; jobs.json beside it names it as the job `hello`. */

export const sampleId =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/hello';

/** The app settings that jobs.json takes its secrets from. Both are made up, and open nothing. */
export const sampleSettings = {
  HELLO_API_TOKEN: 'sample-api-token',
  EXAMPLE_REGISTRY_PASSWORD: 'sample-registry-password',
};

/** What the container does: it greets, works for a second, and shows that its secure variable has come through. */
const script = `
const { GREETING, NAME, API_TOKEN, RUN_ID, RUN_TASK_INDEX, RUN_TASK_COUNT } = process.env;
console.log(GREETING + ', ' + NAME + '!');
if (RUN_TASK_INDEX !== undefined) {
  console.log('This is task ' + RUN_TASK_INDEX + ' of ' + RUN_TASK_COUNT + '.');
}
console.log('This is run ' + RUN_ID + '; API_TOKEN has ' + (API_TOKEN ?? '').length + ' characters.');
const steps = 3;
for (let step = 1; step <= steps; step++) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log('step ' + step + ' of ' + steps);
}
`;

/** As it is created: with secrets that Azure never returns, and with a volume and tags that a launch must not lose. */
export const sampleGroup = {
  location: 'westeurope',
  tags: { owner: 'docs', costCentre: '42' },
  properties: {
    osType: 'Linux',
    restartPolicy: 'Never',
    containers: [
      {
        name: 'main',
        properties: {
          image: 'example.azurecr.io/hello:1.0',
          command: ['node', '--input-type=module', '--eval', script],
          environmentVariables: [
            { name: 'GREETING', value: 'Hello' },
            { name: 'NAME', value: 'nobody' },
            { name: 'API_TOKEN', secureValue: sampleSettings.HELLO_API_TOKEN },
          ],
          resources: { requests: { cpu: 0.5, memoryInGB: 0.5 } },
          volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
        },
      },
    ],
    imageRegistryCredentials: [
      {
        server: 'example.azurecr.io',
        username: 'puller',
        password: sampleSettings.EXAMPLE_REGISTRY_PASSWORD,
      },
    ],
    volumes: [{ name: 'scratch', emptyDir: {} }],
  },
};
