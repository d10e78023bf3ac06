import { expect, test } from 'vitest';
import { parseRobots } from './robots.ts';

test('takes the longest matching rule, and Allow on a tie', () => {
  const rules = parseRobots('User-agent: *\nDisallow: /api\nAllow: /api/public\nDisallow: /x\nAllow: /x\n');
  expect(['/api/items', '/api/public/1', '/other', '/x'].map((path) => rules.allows(path))).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('knows wildcards and the end mark', () => {
  const rules = parseRobots(
    'User-agent: *\nDisallow: /*.json$\nDisallow: /a*/b\nDisallow: /exact$\nDisallow: /*?sort=\n',
  );
  const blocked = ['/v1/items.json', '/ab/b', '/a/x/b/c', '/exact', '/list?sort=1'];
  const open = ['/v1/items.json?x', '/v1/items.jsonl', '/exact/more', '/a', '/list?page=1'];
  expect(blocked.filter((path) => rules.allows(path))).toEqual([]);
  expect(open.filter((path) => !rules.allows(path))).toEqual([]);
});

test('prefers the group of its own name, and reads several names above one group', () => {
  const text =
    '\uFEFFUser-agent: other\nUser-agent: Browser-Recon # us\nCrawl-delay: 2\nDisallow: /mine\n\nUser-agent: *\nDisallow: /\n';
  const rules = parseRobots(text);
  expect([rules.allows('/mine'), rules.allows('/else'), rules.crawlDelayMs]).toEqual([false, true, 2_000]);
});

test('an empty rule, an empty file and nonsense forbid nothing', () => {
  for (const text of ['User-agent: *\nDisallow:\n', '', '<html>not found</html>', 'Disallow: /\n'])
    expect(parseRobots(text).allows('/a')).toBe(true);
});

test('stays quick on patterns made to be slow', () => {
  const rules = parseRobots(`User-agent: *\n${`Disallow: /${'*a'.repeat(500)}b$\n`.repeat(50)}`);
  expect(rules.allows(`/${'a'.repeat(20_000)}`)).toBe(true);
});
