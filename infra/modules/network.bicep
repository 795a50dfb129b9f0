metadata description = 'A network with a subnet for the app and one for container groups, which the launcher may join.'

param name string
param location string
param tags object

@description('A name for the role that no other in the tenant has.')
param roleName string

@description('The principal id of the identity that the app runs as.')
param launcherPrincipalId string

var subnetJoin = loadJsonContent('../roles/subnetJoin.json')
var appSubnetName = 'app'
var jobsSubnetName = 'jobs'
var groupId = resourceGroup().id

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.90.0.0/16'
      ]
    }
    subnets: [
      {
        name: appSubnetName
        properties: {
          addressPrefix: '10.90.0.0/24'
          defaultOutboundAccess: true
          delegations: [
            {
              name: 'app'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: jobsSubnetName
        properties: {
          addressPrefix: '10.90.1.0/24'
          defaultOutboundAccess: true
          delegations: [
            {
              name: 'jobs'
              properties: {
                serviceName: 'Microsoft.ContainerInstance/containerGroups'
              }
            }
          ]
        }
      }
    ]
  }
}

resource jobsSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' existing = {
  parent: network
  name: jobsSubnetName
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(groupId, 'subnetJoin')
  properties: {
    roleName: roleName
    description: subnetJoin.description
    type: 'CustomRole'
    assignableScopes: [
      groupId
    ]
    permissions: [
      {
        actions: subnetJoin.actions
      }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: jobsSubnet
  name: guid(jobsSubnet.id, launcherPrincipalId, 'subnetJoin')
  properties: {
    principalId: launcherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}

output appSubnetId string = '${network.id}/subnets/${appSubnetName}'
output jobsSubnetId string = jobsSubnet.id
