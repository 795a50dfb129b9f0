import { describe, expect, test } from 'vitest';
import { createCheck } from '../../src/validation/createCheck.ts';
import { closest } from '../../src/validation/faults.ts';

describe('a check', () => {
  const check = createCheck({
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 2 },
      size: { enum: ['small', 'large'] },
      'a/b': { type: 'object', additionalProperties: false, required: ['c~d'], properties: { 'c~d': {} } },
      byName: { type: 'object', propertyNames: { maxLength: 3 } },
    },
    required: ['name'],
    additionalProperties: false,
  });

  test('finds nothing wrong with what fits', () => {
    expect(check({ name: 'xy', size: 'small', 'a/b': { 'c~d': 1 }, byName: { abc: 1 } })).toEqual([]);
  });

  test('names every fault at once, in words that stand alone', () => {
    expect(check({ name: 'x', size: 'medium', 'a/b': { 'e/f': 1 }, nmae: 1 })).toEqual([
      {
        code: 'UnknownMember',
        target: '/nmae',
        message: "'nmae' is not known here. Known: name, size, a/b, byName.",
      },
      { code: 'InvalidValue', target: '/name', message: "'/name' must NOT have fewer than 2 characters." },
      { code: 'InvalidValue', target: '/size', message: "'/size' must be one of small, large." },
      { code: 'MissingMember', target: '/a~1b/c~0d', message: "'c~d' is required." },
      { code: 'UnknownMember', target: '/a~1b/e~1f', message: "'e/f' is not known here. Known: c~d." },
    ]);
  });

  test('names a fault of the whole without a pointer', () => {
    expect(check('text')).toEqual([
      { code: 'InvalidValue', target: '', message: 'The body must be object.' },
    ]);
  });

  test('names one fault, not two, for a name that breaks a rule', () => {
    expect(check({ name: 'xy', byName: { abcd: 1 } })).toHaveLength(1);
  });
});

describe('what a misspelt word may mean', () => {
  const words = ['env', 'secureEnv', 'containers', 'ifRunning'];

  test.each([
    ['evn', undefined],
    ['en', 'env'],
    ['ENV', 'env'],
    ['secureenv', 'secureEnv'],
    ['secure_env', 'secureEnv'],
    ['container', 'containers'],
    ['constructor', undefined],
    ['', undefined],
  ])('by %j is %s', (word, meant) => {
    expect(closest(word, words)).toBe(meant);
  });

  test('is the nearest of several', () => {
    expect(closest('image', ['images', 'imago', 'image'])).toBe('image');
  });
});
