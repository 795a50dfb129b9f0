import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import builtIn from '../../infra/roles/builtIn.json' with { type: 'json' };
import { eventMembers } from '../runs/events/eventMembers.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/operate.md'), 'utf8');

test('docs/operate.md has a row for every variable that the templates take, but for those that azd itself sets', () => {
  const parameters = readFileSync(join(root, 'infra/main.parameters.json'), 'utf8');
  const taken = [...parameters.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  const [, switches = ''] = /## Switches([\s\S]*?)## Permissions/.exec(text) ?? [];
  const told = [...switches.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm)].flatMap(
    ([, cell = '']) => cell.match(/[A-Z_]+/g) ?? [],
  );
  const ofAzd = ['AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_PRINCIPAL_ID', 'AZURE_PRINCIPAL_TYPE'];
  const ofHooks = ['LAUNCHER_SECRET', 'SAMPLE_EXISTS'];

  expect(told.sort()).toEqual(taken.filter((name) => ![...ofAzd, ...ofHooks].includes(name)).sort());
});

test('it tells of every built-in role that the templates give', () => {
  const titles = Object.keys(builtIn).map((name) =>
    name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  );

  expect(titles.filter((title) => !text.toLowerCase().includes(title))).toEqual([]);
});

test('it names events that there are', () => {
  const named = [...text.matchAll(/`((?:run|callback)\.\w+)`/g)].map(([, name = '']) => name);

  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !(name in eventMembers))).toEqual([]);
});
