metadata description = 'A container group for the first call: it greets, and ends.'

param name string
param location string
param tags object

@description('The resource id of the identity that its container runs as.')
param identityId string

@description('The subnet that it is in; none, and no address either, when empty.')
param subnetId string

// Never over one that is there, of which SAMPLE_EXISTS may not know on this machine: to write a group is to run it.
@onlyIfNotExists()
resource group 'Microsoft.ContainerInstance/containerGroups@2023-05-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    osType: 'Linux'
    restartPolicy: 'Never'
    subnetIds: empty(subnetId) ? null : [
      {
        id: subnetId
      }
    ]
    containers: [
      {
        name: 'main'
        properties: {
          image: 'mcr.microsoft.com/azurelinux/base/core:3.0' // small, with a shell, and no rate limit [U]
          command: [
            '/bin/sh'
            '-c'
            'echo "Hello, $NAME! This is run $RUN_ID."'
          ]
          environmentVariables: [
            {
              name: 'NAME'
              value: 'nobody'
            }
          ]
          resources: {
            requests: {
              cpu: 1
              memoryInGB: 1
            }
          }
        }
      }
    ]
  }
}
