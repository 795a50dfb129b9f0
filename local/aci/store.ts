import type { WrittenGroup } from './document/readContainerGroup.ts';
import type { GroupLife } from './life/groupLife.ts';

/** A container group that exists, with what only the service keeps of it. */
export type StoredGroup = WrittenGroup & {
  id: string;
  subscriptionId: string;
  resourceGroup: string;
  name: string;
  location: string;
  /** Undefined when the group was not given a public address. */
  publicIp: string | undefined;
  /** Whether its present life began with an update or a restart. */
  isUpdate: boolean;
  life: GroupLife;
  /** Settles when the deletion is over; undefined when none is under way. */
  deletion?: Promise<void>;
};

export type StoredResourceGroup = {
  name: string;
  location: string | undefined;
  groups: Map<string, StoredGroup>;
  /** Settles when the deletion is over; undefined when none is under way. */
  deletion?: Promise<void>;
};

export type StoredSubscription = { subscriptionId: string; resourceGroups: Map<string, StoredResourceGroup> };

/** Everything that exists in the emulated cloud. ARM compares names without case, and so does this. */
export type Store = {
  subscriptions(): StoredSubscription[];
  subscription(subscriptionId: string): StoredSubscription | undefined;
  /** Finds a subscription, or brings it into being. */
  ensureSubscription(subscriptionId: string): StoredSubscription;
  resourceGroup(subscriptionId: string, name: string): StoredResourceGroup | undefined;
  /** Finds a resource group, or brings it, and its subscription, into being. */
  ensureResourceGroup(subscriptionId: string, name: string): StoredResourceGroup;
  group(subscriptionId: string, resourceGroup: string, name: string): StoredGroup | undefined;
  /** Every group of every subscription. */
  groups(): StoredGroup[];
  put(group: StoredGroup): void;
  remove(group: StoredGroup): void;
  removeResourceGroup(subscriptionId: string, name: string): void;
};

export function createStore(): Store {
  const subscriptions = new Map<string, StoredSubscription>();
  const subscription = (id: string) => subscriptions.get(id.toLowerCase());
  const resourceGroup = (id: string, name: string) =>
    subscription(id)?.resourceGroups.get(name.toLowerCase());

  function ensureSubscription(subscriptionId: string): StoredSubscription {
    const made = subscription(subscriptionId) ?? { subscriptionId, resourceGroups: new Map() };
    subscriptions.set(subscriptionId.toLowerCase(), made);
    return made;
  }

  function ensureResourceGroup(subscriptionId: string, name: string): StoredResourceGroup {
    const owner = ensureSubscription(subscriptionId);
    const found = owner.resourceGroups.get(name.toLowerCase());
    const made = found ?? { name, location: undefined, groups: new Map() };
    owner.resourceGroups.set(name.toLowerCase(), made);
    return made;
  }

  return {
    subscriptions: () => [...subscriptions.values()],
    subscription,
    ensureSubscription,
    resourceGroup,
    ensureResourceGroup,
    group: (id, owner, name) => resourceGroup(id, owner)?.groups.get(name.toLowerCase()),
    groups: () =>
      [...subscriptions.values()].flatMap(({ resourceGroups }) =>
        [...resourceGroups.values()].flatMap(({ groups }) => [...groups.values()]),
      ),
    put(group) {
      ensureResourceGroup(group.subscriptionId, group.resourceGroup).groups.set(group.name, group);
    },
    remove(group) {
      resourceGroup(group.subscriptionId, group.resourceGroup)?.groups.delete(group.name);
    },
    removeResourceGroup(subscriptionId, name) {
      subscription(subscriptionId)?.resourceGroups.delete(name.toLowerCase());
    },
  };
}
