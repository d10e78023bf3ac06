import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../testing/report-fixture.ts';
import { writeCommentText, writeJsLiteral, writePythonLiteral, writeShellArgument } from './literals.ts';

const values: unknown[] = [
  ...HOSTILE_TEXTS,
  0,
  -1.5,
  1e21,
  true,
  null,
  [1, ['a']],
  ...HOSTILE_TEXTS.map((text) => ({ [text]: [text] })),
];

const clean = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed() : item,
  ) as unknown;

const wellFormedKeys = (value: unknown): string =>
  JSON.stringify(clean(value)).replace(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd');

describe('literals', () => {
  it.each(values.map((value) => [value]))('%j comes back from JavaScript', (value) => {
    const text = writeJsLiteral(value);
    expect(text).not.toMatch(/[\n\r\u2028\u2029<`$]|\*\//);
    expect(JSON.stringify(runInNewContext(`(${text})`))).toBe(wellFormedKeys(value));
  });

  it('all come back from Python', () => {
    const list = values.map(writePythonLiteral);
    for (const text of list) expect(text).toMatch(/^[\x20-\x7e]*$/);
    const program = `import json, sys\nsys.stdout.write(json.dumps([${list.join(',')}]))`;
    const answer = execFileSync('python3', ['-'], { input: program, encoding: 'utf8' });
    expect(JSON.parse(answer)).toEqual(JSON.parse(`[${values.map(wellFormedKeys).join(',')}]`));
  });

  it('pass through a shell as one argument', () => {
    for (const text of HOSTILE_TEXTS.filter((item) => item !== '')) {
      const answer = execFileSync('sh', ['-c', `printf %s ${writeShellArgument(text)}`], { encoding: 'utf8' });
      expect(answer).toBe(text.toWellFormed().replaceAll('\u0000', ''));
    }
  });

  it('comments stay one printable line without an end in them', () => {
    for (const text of HOSTILE_TEXTS) expect(writeCommentText(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|\*\/|<\/|"""/u);
  });
});
