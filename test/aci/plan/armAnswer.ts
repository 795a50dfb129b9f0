import type { ContainerDocument, ContainerGroupDocument } from '../../../src/aci/document.ts';
import { withoutMark } from '../../../src/aci/mark.ts';

/** What ARM answers a GET after a PUT of this document: secure values are gone. */
export function answerTo(document: ContainerGroupDocument): ContainerGroupDocument {
  return eachContainer(document, (container) => ({
    ...container,
    properties: {
      ...container.properties,
      environmentVariables: (container.properties.environmentVariables ?? []).map((variable) => {
        const { secureValue: _, ...shown } = variable;
        return shown;
      }),
    },
  }));
}

/** A group without its mark; of lists of variables, and of tags, none and an empty one are the same to ARM. */
export function withoutMarkOf(document: ContainerGroupDocument): ContainerGroupDocument {
  const shown = eachContainer(document, ({ properties, ...container }) => ({
    ...container,
    properties: { ...properties, environmentVariables: properties.environmentVariables ?? [] },
  }));
  return withoutMark({ ...shown, tags: document.tags ?? {} });
}

function eachContainer(
  document: ContainerGroupDocument,
  rewrite: (container: ContainerDocument) => ContainerDocument,
): ContainerGroupDocument {
  const { containers, initContainers } = document.properties;
  return {
    ...document,
    properties: {
      ...document.properties,
      containers: containers.map(rewrite),
      ...(initContainers && { initContainers: initContainers.map(rewrite) }),
    },
  };
}
