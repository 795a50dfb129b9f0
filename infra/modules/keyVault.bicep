metadata description = 'The vault of the secrets that the app settings refer to.'

param name string
param location string
param tags object

@description('The principal id of the identity that reads the secrets.')
param launcherPrincipalId string

@description('Who may set secrets; nobody when empty.')
param operatorPrincipalId string

@description('What the operator is: User, Group or ServicePrincipal.')
param operatorPrincipalType string

@description('The first value of LAUNCHER_SECRET. Empty leaves what is there, so that no deployment undoes a rotation.')
@secure()
param launcherSecret string

var roles = loadJsonContent('../roles/builtIn.json')

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      family: 'A'
      name: 'standard'
    }
    tenantId: tenant().tenantId
    enableRbacAuthorization: true
    enabledForTemplateDeployment: true // the Event Grid subscription takes its secret from here
    softDeleteRetentionInDays: 7
  }
}

// Never over one that is there: a machine or a pipeline that does not know of the vault's makes another.
@onlyIfNotExists()
resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(launcherSecret)) {
  parent: vault
  name: 'LAUNCHER-SECRET'
  properties: {
    value: launcherSecret
    contentType: 'text/plain'
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, launcherPrincipalId, roles.keyVaultSecretsUser)
  properties: {
    principalId: launcherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource operator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  scope: vault
  name: guid(vault.id, operatorPrincipalId, roles.keyVaultSecretsOfficer)
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

output uri string = vault.properties.vaultUri
