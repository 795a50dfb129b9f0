metadata description = 'A sample Logic App that launches the job default and waits for its end.'

param name string
param location string
param tags object

@description('The origin of the app.')
param origin string

@description('The audience that its token is for: the identifier URI of the app registration.')
param audience string

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('../samples/logicApp.json')
    parameters: {
      origin: {
        value: origin
      }
      audience: {
        value: audience
      }
    }
  }
}

output principalId string = workflow.identity.principalId
