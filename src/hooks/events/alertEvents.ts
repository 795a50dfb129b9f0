import type { JsonValue } from '../../aci/json.ts';
import { textAt } from '../textAt.ts';
import { attributesOf, type Events, joined } from './hookEvent.ts';
import { memberFaults } from './memberFaults.ts';

const schemaId = 'azureMonitorCommonAlertSchema';

/**
 * An alert of Azure Monitor in the common alert schema (learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema). That it
 * is over is no event unless asked for. Each time a rule fires there is another alertId; it ends under the same.
 */
export function alertEvents(body: JsonValue, { includeResolved }: { includeResolved: boolean }): Events {
  if (textAt(body, '/schemaId') !== schemaId) {
    return {
      events: [],
      faults: [
        {
          code: 'InvalidValue',
          target: '/schemaId',
          message: `It is not '${schemaId}': enable the common alert schema in the action group.`,
        },
      ],
    };
  }
  const [alertId, condition, fired, resolved] = [
    'alertId',
    'monitorCondition',
    'firedDateTime',
    'resolvedDateTime',
  ].map((member) => textAt(body, `/data/essentials/${member}`));
  if (alertId === undefined || condition === undefined) {
    return {
      events: [],
      faults: memberFaults(body, '', ['/data/essentials/alertId', '/data/essentials/monitorCondition']),
    };
  }
  const isOver = condition.toLowerCase() === 'resolved';
  return {
    events:
      isOver && !includeResolved
        ? []
        : [
            {
              deliveryId: joined(alertId, condition),
              body,
              attributes: attributesOf({ id: alertId, time: isOver ? resolved : fired }),
            },
          ],
    faults: [],
  };
}
