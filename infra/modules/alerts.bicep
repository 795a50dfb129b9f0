metadata description = 'Alerts on the events of runs (docs/observe.md), each of which is a line of JSON in AppTraces.'

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
      windowSize: 'PT15M' // rows come minutes late; a streak of failures is one alert
      autoMitigate: true
      skipQueryValidation: true // the table comes into being with its first row
      criteria: {
        allOf: [
          {
            query: 'AppTraces | where Message startswith \'{"event":"${alert.event}"\''
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
