metadata description = 'Sends events of an Azure resource to the hook of a job. The app must be there and answer: Event Grid asks it first.'

param topicName string

@description('The region of the source; a system topic is in the same one.')
param location string

param tags object

@description('The resource id of what the events are of.')
param sourceId string

@description('Its kind, such as Microsoft.Storage.StorageAccounts.')
param topicType string

@description('Which of its events are sent; all when empty.')
param eventTypes array

@description('The URL of the hook.')
param hookUrl string

@description('What deliveries prove themselves by, in the header x-event-grid-secret.')
@secure()
param secret string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: location
  tags: tags
  properties: {
    source: sourceId
    topicType: topicType
  }
}

resource eventSubscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'launcher'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: empty(eventTypes) ? null : eventTypes
    }
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: hookUrl
        deliveryAttributeMappings: [
          {
            name: 'x-event-grid-secret'
            type: 'Static'
            properties: {
              isSecret: true
              value: secret
            }
          }
        ]
      }
    }
  }
}
