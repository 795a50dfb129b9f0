metadata description = 'Alerts on what the app says of its runs; alerts.json has the names of the events.'

param location string
param tags object
param workspaceId string
param actionGroupName string

@description('Who is told.')
param email string

var alerts = loadJsonContent('../alerts.json')

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'launcher'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts.rules: {
    name: '${actionGroupName}-${alert.name}'
    location: location
    tags: tags
    properties: {
      displayName: alert.displayName
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [
        workspaceId
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      autoMitigate: true
      skipQueryValidation: true // the tables come into being with the first rows
      criteria: {
        allOf: [
          {
            query: 'union isfuzzy=true AppTraces, AppEvents | where tostring(Properties.event) == "${alert.event}"'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [
          actionGroup.id
        ]
      }
    }
  }
]
