import type { CaptureFacts, Artifacts } from '../../artifacts.ts';

/** Joins what two passes replaced; the second saw only what the first did not know. */
export function mergeManifest(
  first: CaptureFacts['replaced'],
  second: CaptureFacts['replaced'],
): Pick<Artifacts['scrubbing'], 'values' | 'types'> {
  const byType = new Map(first.map((row) => [row.type, { ...row }]));
  for (const { type, values, replacements } of second) {
    const row = byType.get(type);
    if (row === undefined) byType.set(type, { type, values, replacements });
    else {
      row.values += values;
      row.replacements += replacements;
    }
  }
  const types = [...byType.values()].sort((a, b) => b.values - a.values || (a.type < b.type ? -1 : 1));
  return { values: types.reduce((sum, { values }) => sum + values, 0), types };
}
