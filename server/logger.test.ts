import { expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { createLogger } from './logger.ts';

function record() {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  return { log, lines, text: () => lines.join('') };
}

it('writes one JSON line a call', () => {
  const { log, lines } = record();
  log.info('request', { method: 'GET', route: '/scans/:id', status: 200, durationMs: 3 });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'request', method: 'GET', status: 200 });
});

it('keeps credentials out whatever field they came into', () => {
  const { log, text } = record();
  const key = `rec_live_${'A'.repeat(35)}_000000`;
  log.warn('x', { reason: `Authorization: Bearer abc.def with ${key}`, host: 'http://user:hunter2@proxy.example' });
  expect(text()).toContain('[credential]');
  for (const secret of [key, 'abc.def', 'hunter2']) expect(text()).not.toContain(secret);
});

it('keeps what an error quotes out, but where it happened in', () => {
  const { log, text } = record();
  try {
    JSON.parse('{"password":"hunter2"');
  } catch (cause) {
    log.error('failed', { error: new AppError('INVALID_JSON', 'The body is not valid JSON.', { cause }) });
  }
  log.error('failed', { error: new TypeError('hunter2') });
  log.error('failed', { error: 'hunter2' });
  expect(text()).not.toContain('hunter2');
  expect(text()).toContain('SyntaxError');
  expect(text()).toContain('logger.test.ts');
  expect(text()).toContain('INVALID_JSON');
});

it('cuts what is long', () => {
  const { log, text } = record();
  log.info('x', { reason: 'y'.repeat(10_000) });
  expect(text().length).toBeLessThan(1000);
});
