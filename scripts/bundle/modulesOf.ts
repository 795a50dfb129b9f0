import type { Plugin } from 'rolldown';

/** Finds out what an entry point needs as soon as it is loaded, which is known when all modules have been read. */
export function modulesOf(entryPoint: string): { plugin: Plugin; has: (id: string) => boolean } {
  const found = new Set<string>();
  return {
    has: (id) => found.has(id),
    plugin: {
      name: 'modules-of-entry-point',
      buildEnd() {
        const follow = (id: string): void => {
          if (!found.has(id)) {
            found.add(id);
            this.getModuleInfo(id)?.importedIds.forEach(follow);
          }
        };
        follow(entryPoint);
      },
    },
  };
}
