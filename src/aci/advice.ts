/**
 * What to do about an error of ARM, by its code. ARM's own message says what happened and to what; this follows it.
 * Codes and their causes: facts/aci.md (Errors, Managed identity) and facts/infra.md (Roles).
 */
const adviceByCode: Record<string, string> = {
  AuthorizationFailed:
    "Give {identity} a role with this action at this scope: 'Azure Container Instances Contributor' on the " +
    "group's resource group has all that a launch needs. A new role assignment takes some minutes to work.",
  LinkedAuthorizationFailed:
    "Give {identity} the named action on the named resource too: 'Managed Identity Operator' on each " +
    'identity that the group uses, Microsoft.Network/virtualNetworks/subnets/join/action on its subnet.',
  MissingSubscriptionRegistration:
    'Register it once: az provider register --namespace Microsoft.ContainerInstance --subscription <id>.',
  ContainerGroupQuotaReached:
    'Ask for a higher quota in this region (portal: Quotas, Azure Container Instances), delete groups that are not needed, ' +
    'or use another region.',
  ServiceUnavailable:
    'The region has no room for this now. Try again later, with less CPU and memory, or in another region.',
  InaccessibleImage:
    "Check the image's name and tag, and that the group's registry credentials, or its identity with AcrPull, can read it.",
  RegistryErrorResponse: 'The registry failed, not the request: try again in a minute.',
  ContainerGroupTransitioning:
    'The group still works on an earlier operation: try again in about ten seconds.',
  TooManyRequests: 'Azure throttles this subscription: wait as long as Retry-After says.',
  SubscriptionRequestsThrottled: 'Azure throttles this subscription: wait as long as Retry-After says.',
  ResourceRequestsThrottled: 'Azure throttles this subscription: wait as long as Retry-After says.',
  ResourceNotFound:
    'Check the subscription, the resource group and the name; create the group before you launch it.',
  ResourceGroupNotFound: 'Check the subscription and the name of the resource group.',
  SubscriptionNotFound: 'Check the subscription id, and that {identity} has a role in it.',
  InvalidContainerGroupUpdate:
    'Launch with "mode": "clone", or create a second group with these properties: this one would have to be deleted first.',
  InvalidAuthenticationToken:
    "Azure does not take the token of the app's managed identity: check ARM_ENDPOINT and AZURE_CLIENT_ID.",
  CredentialUnavailable:
    'Turn on a managed identity for the app, or set AZURE_CLIENT_ID to the client id of the user-assigned one. On your own ' +
    'machine, `npm start` brings an identity endpoint along.',
  ArmUnreachable: 'Check ARM_ENDPOINT and the way from this app to it.',
};

const freshToken =
  'Send an unexpired token for Azure Resource Manager: az account get-access-token --resource https://management.azure.com.';

/** What is different when the call was made with its caller's own token. */
const callerAdviceByCode: Record<string, string> = {
  AuthenticationFailed: freshToken,
  ExpiredAuthenticationToken: freshToken,
  InvalidAuthenticationToken: freshToken,
  InvalidAuthenticationTokenAudience: freshToken,
};

/**
 * What is different where the action is Azure Monitor's; it is written in either case. The role that `infra` makes has it, the built-in one for launches not:
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers#azure-container-instances-contributor-role [U].
 */
const monitorAdviceByCode: Record<string, string> = {
  AuthorizationFailed:
    "Give {identity} 'Monitoring Reader' on the group's resource group, or a role of your own with the action " +
    'Microsoft.Insights/metrics/read there: the built-in roles for launches do not have it. A new role assignment takes some minutes to work.',
};

/**
 * What the user can do about an error with this code; undefined where ARM's own message is all there is to say.
 * @param token whose token the call was made with.
 * @param message ARM's own, which names the action that was refused.
 */
export function adviceFor(code: string, token: 'app' | 'caller', message: string): string | undefined {
  const advice = {
    ...adviceByCode,
    ...(token === 'caller' && callerAdviceByCode),
    ...(/'microsoft\.insights\/metrics\/read'/i.test(message) && monitorAdviceByCode),
  };
  const identity = token === 'caller' ? 'the identity that the token is for' : "the app's managed identity";
  return Object.hasOwn(advice, code) ? advice[code]?.replace('{identity}', identity) : undefined;
}
