import { expect, it } from 'vitest';
import { reportSchema } from '#shared/report.ts';
import { asScrubbed } from '../scrubbing/brand.ts';
import { HOSTILE_TEXTS, buildHostileReport, buildShopReport } from '../testing/report-fixture.ts';
import { reportJsonExporter } from './report-json.ts';

it('gives back the report, whatever text is in it', () => {
  for (const report of [buildShopReport(), ...HOSTILE_TEXTS.map(buildHostileReport)]) {
    const text = reportJsonExporter.write(report, asScrubbed([]))[0]?.text ?? '';
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
    expect(reportSchema.safeParse(JSON.parse(text)).success).toBe(true);
  }
});
