import type { Node } from 'web-tree-sitter';
import type { BicepFault, BicepFile, Decorator } from './ast.ts';
import { parseTree } from './grammar.ts';
import { named, placeOf, plainText, readExpression } from './readExpression.ts';

export type ReadBicep = { file: BicepFile | undefined; faults: BicepFault[] };

/** Reads one Bicep file. @returns what it declares; undefined, with the faults, where its syntax is wrong. */
export function readBicep(path: string, text: string): ReadBicep {
  const tree = parseTree(text);
  try {
    return readTree(path, tree.rootNode);
  } finally {
    tree.delete(); // it is in memory that is not JavaScript's
  }
}

function readTree(path: string, rootNode: Node): ReadBicep {
  const faults = syntaxFaults(rootNode).map((fault) => ({ path, ...fault }));
  if (faults.length > 0) {
    return { file: undefined, faults };
  }
  const file: BicepFile = {
    path,
    targetScope: 'resourceGroup',
    parameters: [],
    variables: [],
    resources: [],
    modules: [],
    outputs: [],
  };
  let decorators: Decorator[] = [];
  for (const statement of named(rootNode)) {
    if (statement.type === 'decorators') {
      decorators = named(statement).map(readDecorator);
    } else {
      readStatement(statement, decorators, file);
      decorators = [];
    }
  }
  return { file, faults };
}

function readStatement(node: Node, decorators: Decorator[], file: BicepFile): void {
  const [first, second, third] = named(node);
  const at = placeOf(node);
  const name = first?.text ?? '';
  switch (node.type) {
    case 'target_scope_assignment':
      file.targetScope = first ? plainText(first) : '';
      return;
    case 'metadata_declaration':
      return;
    case 'parameter_declaration': {
      const type = second?.text ?? '';
      const value = third && readExpression(third);
      file.parameters.push({
        name,
        type: type.replace(/\?$/, ''),
        isNullable: type.endsWith('?'),
        value,
        decorators,
        ...at,
      });
      return;
    }
    case 'variable_declaration':
      file.variables.push({ name, value: readExpression(must(second, node)), decorators, ...at });
      return;
    case 'resource_declaration':
      file.resources.push({
        name,
        type: plainText(must(second, node)),
        isExisting: node.children.some((child) => child?.type === 'existing'),
        body: readExpression(must(third, node)),
        decorators,
        ...at,
      });
      return;
    case 'module_declaration':
      file.modules.push({
        name,
        path: plainText(must(second, node)),
        body: readExpression(must(third, node)),
        decorators,
        ...at,
      });
      return;
    case 'output_declaration':
      file.outputs.push({
        name,
        type: second?.text ?? '',
        value: readExpression(must(third, node)),
        decorators,
        ...at,
      });
      return;
    default:
      throw new Error(`${file.path}:${at.line}: the check does not know ${node.type} yet.`);
  }
}

function readDecorator(node: Node): Decorator {
  const call = readExpression(must(named(node)[0], node));
  return call.kind === 'call' && call.callee.kind === 'name'
    ? { name: call.callee.name, given: call.given, ...placeOf(node) }
    : { name: node.text, given: [], ...placeOf(node) };
}

/** What the grammar could not read, and what it reads though Bicep does not: members on one line without a comma. */
function syntaxFaults(node: Node): Omit<BicepFault, 'path'>[] {
  if (node.isMissing) {
    return [{ message: `'${node.type}' is missing.`, ...placeOf(node) }];
  }
  if (node.isError) {
    return [
      { message: `This is no Bicep: ${node.text.slice(0, 60).replaceAll('\n', ' ')}`, ...placeOf(node) },
    ];
  }
  if (node.type === 'string' && !node.text.startsWith("'''")) {
    const [wrong] = /\\(?![\\'nrt$]|u\{[0-9a-f]+\})./is.exec(plainParts(node)) ?? [];
    if (wrong !== undefined) {
      return [{ message: `There is no escape ${wrong}.`, ...placeOf(node) }];
    }
  }
  const runTogether =
    node.type === 'object' || node.type === 'array'
      ? named(node).filter((each, index, all) => {
          const before = all[index - 1];
          return before?.endPosition.row === each.startPosition.row && each.previousSibling?.type !== ',';
        })
      : [];
  return [
    ...runTogether.map((each) => ({
      message: 'A comma or a new line must come before this.',
      ...placeOf(each),
    })),
    ...node.children.flatMap((child) => (child ? syntaxFaults(child) : [])),
  ];
}

/** The text of a string without what is put into it, and without the backslashes that stand for themselves. */
function plainParts(node: Node): string {
  const inside = node.children.filter((child) => child?.type === 'interpolation');
  return inside
    .reduce((text, child) => text.replace(child?.text ?? '', ''), node.text)
    .replaceAll('\\\\', '');
}

function must<T>(value: T | undefined, node: Node): T {
  if (value === undefined) {
    throw new Error(`Line ${placeOf(node).line}: '${node.text.slice(0, 60)}' lacks a part.`);
  }
  return value;
}
