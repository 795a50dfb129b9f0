import { describe, expect, test } from 'vitest';
import { containerGroupUrl, originOf, runLinks } from '../../../src/functions/http/links.ts';
import { groupParams, groupUrl, origin, requestOf } from '../call.ts';

describe('the origin of absolute URLs', () => {
  test.each([
    ['http://localhost:7071/api/jobs', 'http://localhost:7071'],
    ['http://127.0.0.1:7071/api/jobs', 'http://127.0.0.1:7071'],
    ['http://[::1]/api/jobs', 'http://[::1]'],
    ['https://attacker.example.org/api/jobs', ''],
    ['https://localhost.example.org/api/jobs', ''],
  ])(
    'with none set is, for %s, %j: what a caller wrote into Host counts on loopback alone',
    (url, expected) => {
      expect(originOf(requestOf({ url }), undefined)).toBe(expected);
    },
  );

  test('is what the settings say, whatever the caller wrote', () => {
    expect(originOf(requestOf({ url: 'http://localhost:7071/api' }), origin)).toBe(origin);
  });
});

describe('the links of a run', () => {
  test('lead to the run, its logs and its group', () => {
    expect(runLinks(origin, groupParams, 'a-run')).toEqual({
      self: `${groupUrl}/runs/a-run`,
      logs: `${groupUrl}/logs`,
      containerGroup: groupUrl,
    });
  });

  test('hold any name of a resource group, in characters of a header', () => {
    const url = containerGroupUrl('', { ...groupParams, resourceGroup: 'Größe_(1).x' });

    expect(url).toBe(`/api/azure/containers/${groupParams.subscriptionId}/Gr%C3%B6%C3%9Fe_(1).x/nightly`);
  });
});
