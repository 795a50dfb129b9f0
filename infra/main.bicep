targetScope = 'subscription'

metadata description = 'A job launcher for Azure Container Instances, in the public cloud of Azure: a resource group for the app, and one for the jobs.'

@minLength(1)
@maxLength(40)
@description('The name of the azd environment, which resource groups and tags are named after.')
param environmentName string

@minLength(1)
@description('A region that has Flex Consumption and Azure Container Instances.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Who may set the secrets in the vault; nobody when empty.')
param principalId string = ''

@description('What that is: User, Group or ServicePrincipal.')
param principalType string = 'User'

@description('The first value of LAUNCHER_SECRET, which the preprovision hook makes. Empty leaves the one in the vault.')
@secure()
param launcherSecret string = ''

@description('Whether the job default is there, with a container group of its own to try.')
param sampleJob bool = true

@description('Whether that group is there already: writing it again would run it, and end a run of it.')
param sampleExists bool = false

@description('More ARM scopes that the app may touch besides the resource group of the jobs, with commas between. The identity needs its roles there, too.')
param extraScopes string = ''

@description('Hosts that callbacks may go to, with commas between.')
param callbackHosts string = ''

@description('Names of app settings whose values are in the vault, under the same names with - for _; with commas between. The settings that jobs.json takes by setting:NAME.')
param secretSettings string = ''

@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Whether the app and the sample group are in a network of their own.')
param virtualNetwork bool = false

@description('The client id of the app registration that callers sign in to; callers bring function keys when empty.')
param signInClientId string = ''

@description('Client ids of the applications that may call, with commas between, besides the registration itself.')
param signInCallers string = ''

@description('The job whose hook gets events from Event Grid; none when empty. Its secret is EVENT-GRID-SECRET in the vault.')
param eventGridJob string = ''

@description('The resource id of what those events are of.')
param eventGridSource string = ''

@description('Its kind, such as Microsoft.Storage.StorageAccounts.')
param eventGridTopicType string = 'Microsoft.Storage.StorageAccounts'

@description('Which of its events are sent, with commas between; all when empty.')
param eventGridEventTypes string = ''

@description('The region of the source; that of the app when empty.')
param eventGridLocation string = ''

@description('Whether there is a sample Logic App that launches the job default. It needs sign-in.')
param logicApp bool = false

@description('Who is told of failed runs; no alerts when empty.')
param alertEmail string = ''

var abbreviations = loadJsonContent('abbreviations.json')
var token = uniqueString(subscription().id, environmentName, location)
var tags = {
  'azd-env-name': environmentName
}
var keyVaultName = '${abbreviations.keyVault}${token}'
var functionAppName = '${abbreviations.functionApp}${token}'
var sampleName = 'hello'
var givenEventTypes = filter(map(split(eventGridEventTypes, ','), each => trim(each)), each => !empty(each))

resource appGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

resource jobsGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}-jobs'
  location: location
  tags: tags
}

module launcherIdentity 'modules/identity.bicep' = {
  scope: appGroup
  name: 'launcher-identity'
  params: {
    name: '${abbreviations.userAssignedIdentity}launcher-${token}'
    location: location
    tags: tags
  }
}

// Whoever may write a group can run code as the identity that is assigned to it: the jobs' own, which has no roles but what you give it.
module jobIdentity 'modules/identity.bicep' = {
  scope: jobsGroup
  name: 'job-identity'
  params: {
    name: '${abbreviations.userAssignedIdentity}jobs-${token}'
    location: location
    tags: tags
  }
}

module jobsAccess 'modules/jobsAccess.bicep' = {
  scope: jobsGroup
  name: 'jobs-access'
  params: {
    roleName: 'ACI job launcher (${environmentName}, ${token})'
    launcherPrincipalId: launcherIdentity.outputs.principalId
    jobIdentityName: jobIdentity.outputs.name
  }
}

module network 'modules/network.bicep' = if (virtualNetwork) {
  scope: appGroup
  name: 'network'
  params: {
    name: '${abbreviations.virtualNetwork}${token}'
    location: location
    tags: tags
    roleName: 'ACI job launcher subnet (${environmentName}, ${token})'
    launcherPrincipalId: launcherIdentity.outputs.principalId
  }
}

module sampleGroup 'modules/sampleGroup.bicep' = if (sampleJob && !sampleExists) {
  scope: jobsGroup
  name: 'sample-group'
  params: {
    name: sampleName
    location: location
    tags: tags
    identityId: jobIdentity.outputs.id
    subnetId: virtualNetwork ? network!.outputs.jobsSubnetId : ''
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: appGroup
  name: 'monitoring'
  params: {
    workspaceName: '${abbreviations.logAnalyticsWorkspace}${token}'
    applicationInsightsName: '${abbreviations.applicationInsights}${token}'
    location: location
    tags: tags
    launcherPrincipalId: launcherIdentity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  scope: appGroup
  name: 'storage'
  params: {
    name: '${abbreviations.storageAccount}${token}'
    location: location
    tags: tags
    deploymentContainer: 'deployments'
    launcherPrincipalId: launcherIdentity.outputs.principalId
  }
}

module keyVault 'modules/keyVault.bicep' = {
  scope: appGroup
  name: 'key-vault'
  params: {
    name: keyVaultName
    location: location
    tags: tags
    launcherPrincipalId: launcherIdentity.outputs.principalId
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
    launcherSecret: launcherSecret
  }
}

module functionApp 'modules/functionApp.bicep' = {
  scope: appGroup
  name: 'function-app'
  params: {
    name: functionAppName
    planName: '${abbreviations.servicePlan}${token}'
    location: location
    tags: tags
    identityId: launcherIdentity.outputs.id
    identityClientId: launcherIdentity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    keyVaultUri: keyVault.outputs.uri
    allowedScopes: empty(extraScopes) ? jobsGroup.id : '${jobsGroup.id},${extraScopes}'
    defaultContainerGroup: sampleJob ? sampleName : ''
    jobsResourceGroup: jobsGroup.name
    callbackHosts: callbackHosts
    secretSettings: secretSettings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    subnetId: virtualNetwork ? network!.outputs.appSubnetId : ''
    signInClientId: signInClientId
    signInCallers: signInCallers
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  scope: appGroup
  name: 'alerts'
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupName: '${abbreviations.actionGroup}${token}'
    email: alertEmail
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  scope: appGroup
  name: keyVaultName
}

module eventGrid 'modules/eventGrid.bicep' = if (!empty(eventGridJob)) {
  scope: appGroup
  name: 'event-grid'
  params: {
    topicName: '${abbreviations.eventGridSystemTopic}${token}'
    location: empty(eventGridLocation) ? location : eventGridLocation
    tags: tags
    sourceId: eventGridSource
    topicType: eventGridTopicType
    eventTypes: givenEventTypes
    hookUrl: 'https://${functionApp.outputs.hostName}/api/hooks/${eventGridJob}'
    secret: vault.getSecret('EVENT-GRID-SECRET')
  }
}

module logicAppSample 'modules/logicApp.bicep' = if (logicApp && !empty(signInClientId)) {
  scope: appGroup
  name: 'logic-app'
  params: {
    name: '${abbreviations.logicApp}${token}'
    location: location
    tags: tags
    origin: 'https://${functionApp.outputs.hostName}'
    audience: 'api://${signInClientId}'
  }
}

// azd keeps what is below in its environment; the last two are parameters of the next deployment.
output AZURE_RESOURCE_GROUP string = appGroup.name
output JOBS_RESOURCE_GROUP string = jobsGroup.name
output FUNCTION_APP_NAME string = functionApp.outputs.name
output FUNCTION_APP_URL string = 'https://${functionApp.outputs.hostName}'
output KEY_VAULT_NAME string = keyVaultName
output LAUNCHER_PRINCIPAL_ID string = launcherIdentity.outputs.principalId
output JOB_IDENTITY_ID string = jobIdentity.outputs.id
output LOGIC_APP_PRINCIPAL_ID string = logicApp && !empty(signInClientId) ? logicAppSample!.outputs.principalId : ''
output SAMPLE_JOB string = sampleJob ? 'true' : 'false'
output SAMPLE_EXISTS string = sampleJob || sampleExists ? 'true' : 'false'
output LAUNCHER_SECRET_STORED string = 'true'
