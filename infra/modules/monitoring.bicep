metadata description = 'Application Insights over a Log Analytics workspace; what it is sent must come with an Entra token.'

param workspaceName string
param applicationInsightsName string
param location string
param tags object

@description('The principal id of the identity that sends telemetry.')
param launcherPrincipalId string

var roles = loadJsonContent('../roles/builtIn.json')

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: applicationInsights
  name: guid(applicationInsights.id, launcherPrincipalId, roles.monitoringMetricsPublisher)
  properties: {
    principalId: launcherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

output workspaceId string = workspace.id
output connectionString string = applicationInsights.properties.ConnectionString
