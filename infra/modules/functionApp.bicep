metadata description = 'The app: Functions on Flex Consumption, Node 24.'

param name string
param planName string
param location string
param tags object

@description('The resource id of the identity that the app runs as.')
param identityId string

@description('Its client id.')
param identityClientId string

param storageAccountName string
param deploymentContainerUrl string
param applicationInsightsConnectionString string
param keyVaultUri string

@description('ARM scopes that the app may touch, with commas between.')
param allowedScopes string

@description('The container group behind the job default; no such job when empty.')
param defaultContainerGroup string

@description('Its resource group, in this subscription.')
param jobsResourceGroup string

@description('Hosts that callbacks may go to, with commas between.')
param callbackHosts string

@description('Names of app settings whose values are in the vault, under the same names with - for _; with commas between.')
param secretSettings string

param instanceMemoryMB int
param maximumInstanceCount int

@description('The subnet that the app calls from; none when empty.')
param subnetId string

@description('The client id of the app registration that callers sign in to; no sign-in when empty.')
param signInClientId string

@description('Client ids of the applications that may call, with commas between, besides the registration itself.')
param signInCallers string

var givenSecrets = filter(map(split(secretSettings, ','), each => trim(each)), each => !empty(each))
var givenCallers = filter(map(split(signInCallers, ','), each => trim(each)), each => !empty(each))

// Read by src/config.ts, or by the platform: infra/settings.json says which, and a test holds them to each other.
var always = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AZURE_CLIENT_ID: identityClientId
  ALLOWED_SCOPES: allowedScopes
  LAUNCHER_SECRET: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/LAUNCHER-SECRET)'
}
var ofDefaultJob = empty(defaultContainerGroup)
  ? {}
  : {
      ACI_SUBSCRIPTION_ID: subscription().subscriptionId
      ACI_RESOURCE_GROUP: jobsResourceGroup
      ACI_CONTAINER_GROUP: defaultContainerGroup
    }
var ofCallbacks = empty(callbackHosts)
  ? {}
  : {
      CALLBACK_HOSTS: callbackHosts
    }
var ofSignIn = empty(signInClientId)
  ? {}
  : {
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
    }
var ofSecrets = toObject(
  givenSecrets,
  each => each,
  each => '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/${replace(each, '_', '-')})'
)
var settings = union(ofSecrets, always, ofDefaultJob, ofCallbacks, ofSignIn)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'launcher' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: map(items(settings), each => {
        name: each.key
        value: each.value
      })
    }
  }
}

// Deployments bring an Entra token. The app's publishing user and password, which could deploy, too, are on unless switched off.
resource publishingPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

// With sign-in the platform checks tokens and lets requests without one through; the app then asks for a role itself, for hooks,
// results and health must stay open. An omitted list of applications refused every token, so none is left out.
resource signIn 'Microsoft.Web/sites/config@2024-11-01' = if (!empty(signInClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: signInClientId
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [
            signInClientId
            'api://${signInClientId}'
          ]
          defaultAuthorizationPolicy: {
            allowedApplications: union([signInClientId], givenCallers)
          }
        }
      }
    }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
