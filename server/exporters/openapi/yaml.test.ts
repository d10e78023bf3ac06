import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { HOSTILE_TEXTS } from '../../testing/report-fixture.ts';
import { writeYaml } from './yaml.ts';

const TRICKY = [
  'true',
  'No',
  '~',
  'null',
  '0x1f',
  '1e3',
  '.5',
  '-',
  '- a',
  'a: b',
  'a:',
  '# x',
  'a #b',
  '&a',
  '*a',
  '!t',
  '%x',
  '@x',
  '|',
  '>',
  '? x',
  '[a]',
  '{a: b}',
  "it's",
  '"q"',
  ' lead',
  'trail ',
  'a\n',
  '2026-11-20',
  '12:30:00',
  '<<',
  '=',
  'y',
  '$ref',
  '/a/{b}',
  'a\tb',
  '\u0085',
  'plain words here',
];
const texts = [...HOSTILE_TEXTS.filter((text) => text !== '__proto__').map((text) => text.toWellFormed()), ...TRICKY];

describe('writeYaml', () => {
  it.each(texts)('gives %j back as value and as key, at any depth', (text) => {
    const value = {
      top: text,
      list: [text, [text, { [text]: text }], {}],
      [text]: { inner: [text], more: { [text]: [] } },
    };
    expect(parse(writeYaml(value))).toEqual(value);
    expect(parse(writeYaml(text))).toEqual(text);
  });

  it('gives numbers, truth values, nothing and empty things back', () => {
    const value = { a: 0, b: -1.5e21, c: true, d: null, e: [], f: {}, g: [[], [[1]], [{ a: [] }]] };
    expect(parse(writeYaml(value))).toEqual(value);
    expect(parse(writeYaml({ ['k'.repeat(3000)]: [{ ['l'.repeat(3000)]: { a: 1 } }] }))).toEqual({
      ['k'.repeat(3000)]: [{ ['l'.repeat(3000)]: { a: 1 } }],
    });
    expect(parse(writeYaml([[{ a: 1, b: [2] }]]))).toEqual([[{ a: 1, b: [2] }]]);
  });
});
