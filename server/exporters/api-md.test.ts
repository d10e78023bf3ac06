import { describe, expect, it } from 'vitest';
import { asScrubbed } from '../scrubbing/brand.ts';
import { HOSTILE_TEXTS, buildHostileReport, buildShopReport } from '../testing/report-fixture.ts';
import { apiMdExporter } from './api-md.ts';

const write = (report: Parameters<typeof apiMdExporter.write>[0]): string =>
  apiMdExporter.write(report, asScrubbed([]))[0]?.text ?? '';

const outsideCode = (markdown: string): string =>
  markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

describe('api-md', () => {
  it('tells what a developer needs of each endpoint', () => {
    const text = write(buildShopReport());
    expect(text).toContain('# shop.example: API notes');
    expect(text).toContain('`GET https://shop.example/api/products/{productId}`');
    expect(text).toContain('| `price.amount` | number | always |');
    expect(text).toContain('- Pages by page with `page`');
    expect(text).toContain('"name": "Walnut desk lamp"');
    expect(text).toContain('Credentials: cookie `sid` in cookie');
  });

  it('holds captured text as text: no tag, no link, no heading of its own', () => {
    const headings = write(buildHostileReport('plain')).match(/^#+ /gm)?.length;
    for (const hostile of HOSTILE_TEXTS) {
      const text = write(buildHostileReport(hostile));
      expect(outsideCode(text)).not.toMatch(/<(script|img|svg)/i);
      expect(outsideCode(text)).not.toMatch(/(?<!\\)\]\(javascript/i);
      expect(text.match(/^#+ /gm)?.length, hostile).toBe(headings);
    }
  });
});
