import Type from 'typebox';
import { createCheck } from '../validation/createCheck.ts';

/** The body of `POST azure/containers/restart` and `DELETE azure/containers`: which container group is meant. */
export const schema = Type.Object(
  {
    subscriptionId: Type.String(),
    resourceGroup: Type.String(),
    containerName: Type.String({ description: 'The name of the container group.' }),
  },
  { additionalProperties: false },
);

export type ContainerGroupName = Type.Static<typeof schema>;

export const check = createCheck(schema);
