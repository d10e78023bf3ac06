import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { vendorSchema, type Signal } from './signature.ts';
import { VENDORS } from './signatures.ts';

const patternsOf = (signal: Signal): RegExp[] => Object.values(signal).filter((value) => value instanceof RegExp);

test('every file in the vendors folder is in the list once', async () => {
  const files = (await readdir(new URL('./vendors/', import.meta.url))).map((name) => name.replace(/\.ts$/, ''));
  expect(VENDORS.map(({ id }) => id).sort()).toEqual(files.sort());
  expect(new Set(VENDORS.map(({ name }) => name)).size).toBe(VENDORS.length);
});

describe.each(VENDORS.map((vendor) => [vendor.id, vendor] as const))('%s', (_id, vendor) => {
  test('fits the contract', () => {
    expect(vendorSchema.safeParse(vendor).error?.issues ?? []).toEqual([]);
  });

  test('has signals with ids of their own, and combinations of signals that exist', () => {
    const ids = vendor.signals.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((vendor.combinations ?? []).flatMap(({ all }) => all).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('can be found: something in it stands alone or in a combination', () => {
    const supporting = vendor.signals.filter(({ alone }) => alone === false).length;
    expect(supporting < vendor.signals.length || (vendor.combinations ?? []).length > 0).toBe(true);
  });

  test('uses every status that says nothing by itself', () => {
    const used = new Set((vendor.combinations ?? []).flatMap(({ all }) => all));
    const idle = vendor.signals.filter(
      ({ id, place, alone }) => place === 'status' && alone === false && !used.has(id),
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  test('says something with every signal, and never reads prose of an ordinary page', () => {
    for (const signal of vendor.signals) {
      const patterns = patternsOf(signal);
      expect(
        patterns.length > 0 || signal.place === 'status' || (signal.place === 'dom' && signal.attribute !== undefined),
      ).toBe(true);
      if (signal.place === 'body' && signal.of === undefined)
        expect(signal.statuses !== undefined || signal.maxChars !== undefined, `${signal.id} reads any page`).toBe(
          true,
        );
      if (signal.place === 'status') expect(signal.statuses).toBeDefined();
      for (const pattern of patterns) expect(pattern.global || pattern.sticky).toBe(false);
    }
  });

  test('stays quick on text made to be slow', () => {
    const texts = [
      'a'.repeat(20_000),
      '_'.repeat(20_000),
      ' '.repeat(20_000),
      '/-'.repeat(10_000),
      `{"appId"${' "PX'.repeat(5_000)}`,
      '0-'.repeat(10_000),
    ];
    let asked = 0;
    for (const signal of vendor.signals)
      for (const pattern of patternsOf(signal)) for (const text of texts) asked += Number(pattern.test(text)) + 1;
    expect(asked).toBeGreaterThanOrEqual(texts.length);
  });
});
