import type { Endpoint, Parameter } from '#shared/report.ts';
import { encodePathLiteral, splitTemplate } from '../code/template.ts';

/** Endpoints at one path, with the names of its parameters settled. */
export interface PathGroup {
  path: string;
  /** Names in the path's braces, left to right, each once. */
  names: string[];
  endpoints: Endpoint[];
}

function settleNames(wanted: readonly string[]): string[] {
  const used = new Set<string>();
  return wanted.map((name) => {
    const base = name.replace(/[{}/?#]/g, '') || 'part';
    let free = base;
    for (let n = 2; used.has(free); n++) free = `${base}${n}`;
    used.add(free);
    return free;
  });
}

/** OpenAPI holds `/a/{x}` and `/a/{y}` for the same path: groups by shape and takes the first endpoint's names. */
export function groupByPath(endpoints: readonly Endpoint[]): PathGroup[] {
  const groups = new Map<string, PathGroup>();
  for (const endpoint of endpoints) {
    const template = endpoint.template.startsWith('/') ? endpoint.template : `/${endpoint.template}`;
    const parts = splitTemplate(template).map((part) =>
      'literal' in part
        ? { literal: encodePathLiteral(part.literal.replace(/[{}]/g, (char) => (char === '{' ? '%7B' : '%7D'))) }
        : part,
    );
    const shape = parts.map((part) => ('literal' in part ? part.literal : '{}')).join('');
    const group = groups.get(shape);
    if (group) {
      group.endpoints.push(endpoint);
      continue;
    }
    const names = settleNames(parts.flatMap((part) => ('parameter' in part ? [part.parameter] : [])));
    let at = 0;
    const path = parts.map((part) => ('literal' in part ? part.literal : `{${names[at++] ?? ''}}`)).join('');
    groups.set(shape, { path, names, endpoints: [endpoint] });
  }
  return [...groups.values()];
}

/** The endpoint's path parameters under the group's names; one that the inventory did not describe is a string. */
export function alignPathParameters(endpoint: Endpoint, group: PathGroup): Parameter[] {
  const own = splitTemplate(endpoint.template).flatMap((part) => ('parameter' in part ? [part.parameter] : []));
  return group.names.map((name, index): Parameter => {
    const known = endpoint.parameters.find((item) => item.in === 'path' && item.name === own[index]);
    return known
      ? { ...known, name, required: true }
      : {
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
          examples: [],
          evidence: [],
          confidence: 0.5,
          role: 'other',
        };
  });
}
