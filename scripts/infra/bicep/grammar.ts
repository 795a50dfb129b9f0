import { createRequire } from 'node:module';
import { Language, Parser, type Tree } from 'web-tree-sitter';

const parser = await load();

/** Parses Bicep with the grammar of tree-sitter-bicep, which is not Microsoft's own. */
export function parseTree(text: string): Tree {
  const tree = parser.parse(text);
  if (!tree) {
    throw new Error('The parser was stopped.');
  }
  return tree;
}

async function load(): Promise<Parser> {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const made = new Parser();
  made.setLanguage(await Language.load(wasm));
  return made;
}
