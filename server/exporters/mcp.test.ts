import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { asScrubbed } from '../scrubbing/brand.ts';
import { HOSTILE_TEXTS, buildHostileReport, buildShopReport } from '../testing/report-fixture.ts';
import { mcpExporter } from './mcp.ts';

interface Tool {
  name: string;
  inputSchema: Record<string, unknown>;
  annotations: Record<string, boolean>;
}

const write = (report: Parameters<typeof mcpExporter.write>[0]): Tool[] =>
  (JSON.parse(mcpExporter.write(report, asScrubbed([]))[0]?.text ?? '') as { tools: Tool[] }).tools;

describe('mcp', () => {
  it('has a tool for each endpoint that answers or supports the intent, with the schema of its input', () => {
    const tools = write(buildShopReport());
    expect(tools.map(({ name }) => name)).toEqual([
      'list_products',
      'get_product',
      'list_reviews_of_product',
      'search_products',
      'create_cart_item',
    ]);
    expect(tools[3]?.inputSchema).toEqual({
      type: 'object',
      properties: { q: { type: 'string', examples: ['lamp'] } },
      required: ['q'],
      additionalProperties: false,
    });
    expect(tools[3]?.annotations['readOnlyHint']).toBe(true);
    expect(tools[4]?.annotations['readOnlyHint']).toBe(false);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validate(tools[4]?.inputSchema ?? false, { body: { productId: 'p', quantity: 1 } })).toBe(true);
    expect(ajv.validate(tools[4]?.inputSchema ?? false, { body: { productId: 'p' } })).toBe(false);
  });

  it('gives lawful names and compiling schemas whatever the site sends', () => {
    for (const hostile of HOSTILE_TEXTS) {
      const tools = write(buildHostileReport(hostile));
      expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
      for (const { name, inputSchema } of tools) {
        expect(name).toMatch(/^[A-Za-z0-9_]{1,64}$/);
        new Ajv2020({ strict: false, validateFormats: false }).compile(inputSchema);
      }
    }
  });
});
