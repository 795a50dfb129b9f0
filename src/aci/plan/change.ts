/** What a launch does to one property. Values that ARM keeps secret are masked. */
export type Change = {
  /** ACI's own property path, with the names of containers, variables and volumes for indices. */
  property: string;
  action: 'set' | 'remove' | 'restore';
  before?: unknown;
  after?: unknown;
};
