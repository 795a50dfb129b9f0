/** The members of a RunRequest that say something of copies, and mean nothing in mode recreate. */
export const cloneMembers = ['tasks', 'parallelism', 'ttlSeconds'] as const;
