import type { Node } from 'web-tree-sitter';
import type { Expression, Member, Place } from './ast.ts';

/** An expression of Bicep from its syntax tree. @throws Error for syntax that this project has no use for so far. */
export function readExpression(node: Node): Expression {
  const at = placeOf(node);
  const child = (index: number) => readExpression(must(node.namedChildren[index], node));
  const field = (name: string) => readExpression(must(node.childForFieldName(name), node));
  switch (node.type) {
    case 'string':
      return { kind: 'string', parts: stringParts(node), ...at };
    case 'number':
      return { kind: 'number', value: Number(node.text), ...at };
    case 'boolean':
      return { kind: 'boolean', value: node.text === 'true', ...at };
    case 'null':
      return { kind: 'null', ...at };
    case 'identifier':
      return { kind: 'name', name: node.text, ...at };
    case 'object':
      return { kind: 'object', members: children(node, 'object_property').map(readMember), ...at };
    case 'array':
      return { kind: 'array', items: named(node).map(readExpression), ...at };
    case 'parenthesized_expression':
      return child(0);
    case 'member_expression':
      return {
        kind: 'member',
        of: field('object'),
        name: must(node.childForFieldName('property'), node).text,
        ...at,
      };
    case 'subscript_expression':
      return { kind: 'index', of: field('object'), index: field('index'), ...at };
    case 'call_expression': {
      const given = named(must(node.childForFieldName('arguments'), node)).map(readExpression);
      return { kind: 'call', callee: field('function'), given, ...at };
    }
    case 'lambda_expression':
      return {
        kind: 'lambda',
        parameters: lambdaParameters(must(node.namedChildren[0], node)),
        body: child(1),
        ...at,
      };
    case 'ternary_expression':
      return {
        kind: 'ternary',
        condition: field('condition'),
        consequence: field('consequence'),
        alternative: field('alternative'),
        ...at,
      };
    case 'binary_expression': {
      const operator = must(node.childForFieldName('operator'), node).text;
      return { kind: 'operator', operator, operands: [field('left'), field('right')], ...at };
    }
    case 'unary_expression':
      return { kind: 'operator', operator: node.text.slice(0, 1), operands: [field('argument')], ...at };
    case 'for_statement': {
      const body = must(node.childForFieldName('body'), node);
      const [variables, of] = named(node).filter(({ id }) => id !== body.id);
      return {
        kind: 'for',
        variables:
          variables?.type === 'identifier'
            ? [variables.text]
            : named(must(variables, node)).map(({ text }) => text),
        of: readExpression(must(of, node)),
        body: readExpression(body),
        ...at,
      };
    }
    case 'if_statement':
      return { kind: 'if', condition: child(0), body: child(1), ...at };
    default:
      throw new Error(`${at.line}:${at.column}: the check does not know ${node.type} yet.`);
  }
}

export function placeOf(node: Node): Place {
  return { line: node.startPosition.row + 1, column: node.startPosition.column + 1 };
}

/** The text of a string without interpolation. */
export function plainText(node: Node): string {
  return stringParts(node).join('');
}

/** What stands in a node, comments aside. */
export function named(node: Node): Node[] {
  return node.namedChildren.filter((each): each is Node => each !== null && !each.type.endsWith('comment'));
}

function readMember(node: Node): Member {
  const [key, value] = named(node);
  const name = must(key, node);
  const isPlain = name.type !== 'string' || stringParts(name).every((part) => typeof part === 'string');
  return {
    key: !isPlain ? readExpression(name) : name.type === 'string' ? plainText(name) : name.text,
    value: readExpression(must(value, node)),
    ...placeOf(node),
  };
}

function stringParts(node: Node): (string | Expression)[] {
  return named(node).map((part) =>
    part.type === 'interpolation' ? readExpression(must(named(part)[0], part)) : unescaped(part),
  );
}

function unescaped(part: Node): string {
  return part.type === 'escape_sequence' ? part.text.slice(1) : part.text;
}

function lambdaParameters(node: Node): string[] {
  return node.type === 'identifier' ? [node.text] : named(node).map(({ text }) => text);
}

function children(node: Node, type: string): Node[] {
  return named(node).filter((each) => each.type === type);
}

function must(node: Node | null | undefined, of: Node): Node {
  if (!node) {
    const { line, column } = placeOf(of);
    throw new Error(`${line}:${column}: '${of.text.slice(0, 60)}' lacks a part.`);
  }
  return node;
}
