import type { Protection } from '#shared/report.ts';

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** What was found, in one line: what acted first, then what is there, then how many only deliver or belong to others. */
export function describeProtections(protections: readonly Protection[]): string {
  const own = protections.filter(({ scope }) => scope === 'first-party');
  const acted = own.filter(({ active }) => active.count > 0).map(({ name }) => name);
  const quiet = own.filter(({ active, category }) => active.count === 0 && category !== 'cdn').map(({ name }) => name);
  const networks = own
    .filter(({ active, category }) => active.count === 0 && category === 'cdn')
    .map(({ name }) => name);
  const others = protections.length - own.length;
  const parts = [
    ...(acted.length > 0 ? [`${list(acted)} challenged or refused requests`] : []),
    ...(quiet.length > 0 ? [`${list(quiet)} present`] : []),
    ...(networks.length > 0 ? [`delivered by ${list(networks)}`] : []),
    ...(others > 0 ? [`${others} on third parties only`] : []),
  ];
  return parts.length === 0 ? 'No known protection shows' : parts.join('; ');
}
