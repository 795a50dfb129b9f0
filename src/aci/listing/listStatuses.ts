/** ACI's states of a group, the provisioning states that it has before it has one, and Unknown (facts/aci.md, States). */
export const listStatuses = [
  ...['Pending', 'Running', 'Succeeded', 'Failed', 'Stopped', 'Unknown'],
  ...[
    'Accepted',
    'Canceled',
    'Creating',
    'Deleting',
    'NotAccessible',
    'PreProvisioned',
    'Repairing',
    'Unhealthy',
    'Updating',
  ],
];
