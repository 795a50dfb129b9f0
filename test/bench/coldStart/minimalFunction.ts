import { app } from '@azure/functions';
import { type BareTarget, createBareLaunch } from '../rig/bareLaunch.ts';

// The least that a function can be that launches a group: four calls with fetch.
const launch = createBareLaunch(JSON.parse(process.env['BARE_TARGET'] ?? '') as BareTarget);

app.setup({ enableHttpStream: true });
app.http('launch', {
  methods: ['POST'],
  route: 'azure/containers/{subscriptionId}/{resourceGroup}/{name}/runs',
  authLevel: 'anonymous',
  async handler(request) {
    const { env } = (await request.json()) as { env: object };
    const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
    await launch({ subscriptionId, resourceGroup, name }, env);
    return { status: 202, jsonBody: { containerGroup: name } };
  },
});
