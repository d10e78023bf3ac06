/** What the signals look at in a returned page; everything else in it is prose. */
export interface PageParts {
  title: string;
  elements: readonly { tag: string; attributes: ReadonlyMap<string, string> }[];
  inlineScripts: readonly string[];
  /** Visible words, white space collapsed. */
  text: string;
}

const MAX_CHARS = 400_000;
const ELEMENT = /<([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const SCRIPT = /<script\b([^<>]*)>([\s\S]*?)(?:<\/script|$)/gi;
const TITLE = /<title[^<>]*>([^<]*)/i;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const MAX_CODE_POINT = 0x10ffff;

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole;
}
const decode = (text: string): string =>
  text.replace(/&([a-z]{2,5}|#\d{1,7}|#x[\da-f]{1,6});/gi, (whole, name: string) => decodeEntity(whole, name));
const words = (html: string): string =>
  decode(html.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ').replace(/<[^<>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

function readAttributes(source: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(ATTRIBUTE))
    attributes.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  return attributes;
}

/** Splits HTML into the parts that signals may match; works in one pass over the first 400,000 characters. */
export function readPage(html: string): PageParts {
  const source = html.length > MAX_CHARS ? html.slice(0, MAX_CHARS) : html;
  const inlineScripts: string[] = [];
  const elements: { tag: string; attributes: Map<string, string> }[] = [];
  const markup = source
    .replace(SCRIPT, (_whole, attributes: string, code: string) => {
      elements.push({ tag: 'script', attributes: readAttributes(attributes) });
      if (code.trim() !== '') inlineScripts.push(code);
      return ' ';
    })
    .replace(/<style\b[^<>]*>[\s\S]*?(?:<\/style\s*>|$)/gi, ' ');
  for (const [, tag = '', attributes = ''] of markup.matchAll(ELEMENT))
    if (attributes.trim() !== '') elements.push({ tag: tag.toLowerCase(), attributes: readAttributes(attributes) });
  return { title: decode(TITLE.exec(markup)?.[1] ?? '').trim(), elements, inlineScripts, text: words(markup) };
}
