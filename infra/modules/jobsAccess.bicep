metadata description = 'What the launcher may do in the resource group of the jobs, and with their identity.'

@description('A name for the role that no other in the tenant has.')
param roleName string

@description('The principal id of the identity that the app runs as.')
param launcherPrincipalId string

@description('The identity that containers of jobs run as, in this resource group.')
param jobIdentityName string

var roles = loadJsonContent('../roles/builtIn.json')
var launcher = loadJsonContent('../roles/launcher.json')
var groupId = resourceGroup().id

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(groupId, 'launcher')
  properties: {
    roleName: roleName
    description: launcher.description
    type: 'CustomRole'
    assignableScopes: [
      groupId
    ]
    permissions: [
      {
        actions: launcher.actions
      }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(groupId, launcherPrincipalId, 'launcher')
  properties: {
    principalId: launcherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}

resource jobIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: jobIdentityName
}

// Writing a group that has an identity needs leave to assign that identity, besides leave to write the group.
resource identityOperator 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: jobIdentity
  name: guid(jobIdentity.id, launcherPrincipalId, roles.managedIdentityOperator)
  properties: {
    principalId: launcherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.managedIdentityOperator)
  }
}
