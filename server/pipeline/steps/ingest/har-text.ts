import { AppError } from '../../../errors.ts';
import { isLoose } from './loose.ts';

interface HarEntries {
  entries: readonly unknown[];
  pages: readonly unknown[];
  /** Entries after the place where the file was cut or damaged that could not be read; null when the file was whole. */
  cut: number | null;
}

const invalid = (problem: string): AppError =>
  new AppError(
    'INVALID_BODY',
    `This is not a HAR file: ${problem}. Export the network log as “HAR with content” and import that file.`,
  );

function explain(value: unknown): AppError {
  if (Array.isArray(value)) return invalid('it is a list without requests');
  if (!isLoose(value)) return invalid('it holds a single value instead of a log');
  if ('openapi' in value || 'swagger' in value) return invalid('it is an OpenAPI document');
  if ('info' in value && 'item' in value) return invalid('it is a Postman collection');
  if ('log' in value) return invalid('its log has no list of entries');
  return invalid('it has no log with entries');
}

const isEntry = (value: unknown): boolean => isLoose(value) && isLoose(value['request']);

/** The entries of a parsed document in any wrapper: `{log}`, `{entries}`, a list of entries, one entry, a list of HARs. */
function entriesOf(value: unknown): Omit<HarEntries, 'cut'> | null {
  if (Array.isArray(value)) {
    if (value.some(isEntry)) return { entries: value, pages: [] };
    const parts = value.map(entriesOf).filter((part) => part !== null);
    return parts.length === 0
      ? null
      : { entries: parts.flatMap(({ entries }) => entries), pages: parts.flatMap(({ pages }) => pages) };
  }
  if (!isLoose(value)) return null;
  const log = isLoose(value['log']) ? value['log'] : value;
  if (Array.isArray(log['entries'])) {
    return { entries: log['entries'], pages: Array.isArray(log['pages']) ? log['pages'] : [] };
  }
  return isEntry(value) ? { entries: [value], pages: [] } : null;
}

/** Start and end of each object of the list that opens at `from`; the last has no end when the text was cut. */
function* objectsIn(text: string, from: number): Generator<{ start: number; end: number | null }> {
  let depth = 0;
  let start = -1;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = closingQuote(text, at);
      if (at === -1) break;
    } else if (code === 123 || code === 91) {
      if (depth === 0) start = at;
      depth++;
    } else if (code === 125 || code === 93) {
      if (depth === 0) return;
      depth--;
      if (depth === 0) {
        yield { start, end: at + 1 };
        start = -1;
      }
    }
  }
  if (start !== -1) yield { start, end: null };
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++;
  }
  return -1;
}

/** What can be read of a damaged file: every entry that is whole. */
function recover(text: string): HarEntries | null {
  const list = /"entries"\s{0,64}:\s{0,64}\[/.exec(text);
  if (list === null) return null;
  const entries: unknown[] = [];
  let cut = 0;
  for (const { start, end } of objectsIn(text, list.index + list[0].length - 1)) {
    try {
      if (end === null) cut++;
      else entries.push(JSON.parse(text.slice(start, end)));
    } catch {
      cut++;
    }
  }
  return { entries, pages: [], cut };
}

/**
 * Reads the text of a HAR file: with a BOM, with or without the `log` wrapper, cut off or damaged (the whole entries are
 * kept and the others counted).
 *
 * @throws AppError `INVALID_BODY` that says what the text is instead and what to do.
 */
export function readHarText(text: string): HarEntries {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (plain.trim() === '') throw invalid('it is empty');
  const first = /\S/.exec(plain)?.[0] ?? '';
  if (first === '<') throw invalid('it is a web page or XML');
  if (first !== '{' && first !== '[') throw invalid('it does not begin as JSON does');
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    const recovered = recover(plain);
    if (recovered === null) throw invalid('its JSON cannot be read, and no list of entries was found in it');
    if (recovered.entries.length === 0) throw invalid('it was cut off before the end of its first entry');
    return recovered;
  }
  const found = entriesOf(value);
  if (found === null) throw explain(value);
  return { ...found, cut: null };
}
