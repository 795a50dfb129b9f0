import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'rolldown';
import { ajvOptions } from '../../src/validation/createCheck.ts';

/** The schemas that few calls need, and that ajv compiles in the app: as code they would be several times as long. */
const late = ['src/aci/create/createRequest.schema.ts', 'src/openapi/answers.schema.ts'];

/** Puts plain JSON and generated code in the place of each `*.schema.ts`, so that neither ajv nor TypeBox is needed to check by it. */
export function schemas(root: string): Plugin {
  const made = new Map<string, Promise<string>>(); // each bundle goes over its modules several times
  return {
    name: 'schemas',
    async load(id) {
      if (!id.endsWith('.schema.ts')) {
        return undefined;
      }
      const code = made.get(id) ?? codeOf(id, root);
      made.set(id, code);
      return { moduleType: 'js', code: await code };
    },
  };
}

async function codeOf(id: string, root: string): Promise<string> {
  const { schema } = (await import(pathToFileURL(id).href)) as { schema: object };
  return late.some((path) => id === join(root, path)) ? plain(root, schema) : compiled(root, schema);
}

function compiled(root: string, schema: object): string {
  const json = JSON.stringify(schema);
  const ajv = new Ajv({ ...ajvOptions, code: { source: true } });
  return [
    `import { checkWith } from ${JSON.stringify(join(root, 'src/validation/faults.ts'))};`,
    `export const schema = ${json};`,
    'let given;', // made at its first use
    'export const check = (value) => (given ??= checkWith(validator()))(value);',
    'function validator() {',
    '  const module = { exports: undefined };',
    standaloneCode.default(ajv, ajv.compile(JSON.parse(json))),
    '  return module.exports;',
    '}',
  ].join('\n');
}

function plain(root: string, schema: object): string {
  return [
    `import { createCheck } from ${JSON.stringify(join(root, 'src/validation/createCheck.ts'))};`,
    `export const schema = ${JSON.stringify(schema)};`,
    'export const check = /* @__PURE__ */ createCheck(schema);', // none, where only the schema is asked for
  ].join('\n');
}
