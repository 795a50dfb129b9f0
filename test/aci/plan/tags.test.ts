import { expect, test } from 'vitest';
import { planLaunch } from '../../../src/aci/plan/planLaunch.ts';
import { mergeTags, tagFaults } from '../../../src/aci/plan/tags.ts';

const numbered = (count: number, prefix = 'tag') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, '']));

test('tags that Azure takes have no fault, to the last character of its limits', () => {
  expect(tagFaults({ ['n'.repeat(512)]: 'v'.repeat(256), 'cost center:ü': '<a/b>' }, '/tags')).toEqual([]);
  expect(tagFaults(numbered(50), '/tags')).toEqual([]);
});

test('every fault of tags is named at once', () => {
  const tags = { ['n'.repeat(513)]: '', '': '', 'a/b': 'v'.repeat(257), ['__proto__']: '', one: '', ONE: '' };

  expect(tagFaults(tags, '/tags').map(({ code, target }) => [code, target])).toEqual([
    ['InvalidTagName', `/tags/${'n'.repeat(513)}`],
    ['InvalidTagName', '/tags/'],
    ['InvalidTagName', '/tags/a~1b'],
    ['InvalidTagValue', '/tags/a~1b'],
    ['InvalidTagName', '/tags/__proto__'],
    ['DuplicateTag', '/tags/ONE'],
  ]);
  expect([...'<>%&\\?/'].filter((character) => tagFaults({ [character]: '' }, '/tags').length === 0)).toEqual(
    [],
  );
});

test('50 tags are the most that a group has, with those that it has already', () => {
  const tooMany = [expect.objectContaining({ code: 'TooManyTags', target: '/tags' })];

  expect(tagFaults(numbered(51), '/tags')).toEqual(tooMany);
  expect(tagFaults(numbered(2), '/tags', numbered(49, 'live'))).toEqual(tooMany);
  expect(tagFaults(numbered(2), '/tags', numbered(50, 'TAG'))).toEqual([]);
  expect(tagFaults({}, '/tags', numbered(51))).toEqual([]);
});

test('a tag keeps the name that it has, and what changes is said', () => {
  expect(mergeTags({ Stage: 'test', owner: 'me' }, { stage: 'run', owner: 'me', new: '1' })).toEqual({
    tags: { Stage: 'run', owner: 'me', new: '1' },
    changes: [
      { property: "tags['Stage']", action: 'set', before: 'test', after: 'run' },
      { property: "tags['new']", action: 'set', after: '1' },
    ],
  });
});

test('a launch sets tags, and without any leaves those of the group as they are', () => {
  const live = { tags: { a: '1' }, properties: { containers: [{ name: 'main', properties: {} }] } };
  const mark = { runId: 'the run', attempt: 1 };
  const tagsAfter = (tags?: Record<string, string>) =>
    planLaunch(live, { overrides: {}, mark, tags }, []).document.tags;

  expect(tagsAfter()).toBe(live.tags);
  expect(tagsAfter({ b: '2' })).toEqual({ a: '1', b: '2' });
  expect(() => tagsAfter({ '?': '' })).toThrow("The tag name '?'");
});
