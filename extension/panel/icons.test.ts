import * as lucide from 'lucide-static';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SHAPES } from './icons.tsx';

const elementSchema = z.object({ type: z.string(), props: z.record(z.string(), z.unknown()) });
const fragmentSchema = z.object({
  props: z.object({ children: z.union([elementSchema, z.array(elementSchema)]) }),
});

/** The kept set, by names in Pascal case. */
const KEPT: ReadonlyMap<string, string> = new Map(Object.entries(lucide));

function readKept(name: string): { type: string; props: Record<string, string> }[] {
  const pascal = name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return [...(KEPT.get(pascal) ?? '').matchAll(/<(?!svg)([a-z]+)\s([^>]*)\/>/g)].map(
    ([, type = '', attributes = '']) => ({
      type,
      props: Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
      ),
    }),
  );
}

describe('icons are those of the kept set', () => {
  test.each(Object.entries(SHAPES))('%s', (name, draw) => {
    const { children } = fragmentSchema.parse(draw()).props;
    const drawn = [children].flat().map(({ type, props }) => ({ type, props }));
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn).toEqual(readKept(name));
  });
});
