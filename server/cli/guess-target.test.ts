import { expect, it } from 'vitest';
import { guessTarget } from './guess-target.ts';

const entry = (url: string, mimeType: string, more: object = {}) => ({
  request: { url },
  response: { content: { mimeType } },
  ...more,
});
const guess = (entries: object[], pages: object[] = []) =>
  guessTarget({ kind: 'har', text: JSON.stringify({ log: { pages, entries } }) });
const api = (path: string) => entry(`https://api.example.com${path}`, 'application/json');

it('takes the page that the visit began with', () => {
  const page = entry('https://shop.example.com/', 'text/html; charset=utf-8');
  expect(guess([page, api('/a'), api('/b'), api('/c')])).toBe('https://shop.example.com/');
  expect(guess([api('/a')], [{ title: 'https://shop.example.com/start' }])).toBe('https://shop.example.com/start');
});

it('takes where most requests went when the capture is of an API alone', () => {
  const stray = entry('https://other.example.org/x', 'text/html');
  expect(guess([api('/a'), api('/b'), api('/c'), api('/d'), stray])).toBe('https://api.example.com/');
});

it('takes a page that is told to be one, wherever it stands', () => {
  const page = entry('https://shop.example.com/', 'text/html', { _resourceType: 'document' });
  expect(guess([api('/a'), api('/b'), api('/c'), api('/d'), page])).toBe('https://shop.example.com/');
});

it('has none for what it cannot read', () => {
  expect(guessTarget({ kind: 'har', text: 'no HAR' })).toBeNull();
  expect(guess([])).toBeNull();
});
