import { decodeText } from '../address.ts';
import { classifySegment } from './segment-class.ts';
import { namesCollection, singularName } from './word-likeness.ts';

/** `products` → `productId`, after a parameter `id`; dates, e-mails and the like are named for what they are. */
export function nameParameter(parent: string | null, values: readonly string[], used: ReadonlySet<string>): string {
  const kinds = new Set(values.map((value) => classifySegment(value).kind));
  const only = kinds.size === 1 ? [...kinds][0] : undefined;
  const stem = parent === null ? '' : singularName(decodeText(parent));
  const safe = /^[A-Za-z][A-Za-z0-9]*$/.test(stem) ? stem : '';
  const ending = only === 'date' || only === 'date-time' ? 'date' : only === 'email' ? 'email' : 'id';
  const verbish = parent !== null && !namesCollection(parent) && classifySegment(parent).kind === 'action';
  let base =
    safe === '' || (verbish && ending !== 'id') ? ending : `${safe}${ending.charAt(0).toUpperCase()}${ending.slice(1)}`;
  if (/(?:Id)Id$/.test(base)) base = base.slice(0, -2);
  let name = base;
  for (let n = 2; used.has(name); n++) name = `${base}${n}`;
  return name;
}
