import { expect, test } from 'vitest';
import { isAtEnd, virtualWindow } from './virtual-window.ts';

const view = { count: 1000, rowPx: 40, scrollPx: 0, heightPx: 400, overscan: 5 };

test('the top draws what fits and the overscan below', () => {
  expect(virtualWindow(view)).toEqual({ first: 0, end: 16, offsetPx: 0, totalPx: 40_000 });
});

test('every visible pixel is covered wherever it is scrolled', () => {
  for (let scrollPx = 0; scrollPx <= 39_600; scrollPx += 13) {
    const { first, end, offsetPx } = virtualWindow({ ...view, scrollPx });
    expect(offsetPx).toBeLessThanOrEqual(scrollPx);
    expect(end * view.rowPx).toBeGreaterThanOrEqual(scrollPx + view.heightPx);
    expect(end - first).toBeLessThanOrEqual(21);
  }
});

test('an empty, a short and an overscrolled list stay in bounds', () => {
  expect(virtualWindow({ ...view, count: 0, scrollPx: 100 })).toEqual({ first: 0, end: 0, offsetPx: 0, totalPx: 0 });
  expect(virtualWindow({ ...view, count: 3 })).toMatchObject({ first: 0, end: 3 });
  const shrunk = virtualWindow({ ...view, count: 20, scrollPx: 30_000 });
  expect(shrunk).toMatchObject({ end: 20 });
  expect(shrunk.first * view.rowPx).toBeLessThanOrEqual(20 * view.rowPx - view.heightPx);
});

test('the end is followed within one row', () => {
  expect(isAtEnd({ ...view, scrollPx: 39_600 })).toBe(true);
  expect(isAtEnd({ ...view, scrollPx: 39_561 })).toBe(true);
  expect(isAtEnd({ ...view, scrollPx: 39_500 })).toBe(false);
  expect(isAtEnd({ ...view, count: 2 })).toBe(true);
});
