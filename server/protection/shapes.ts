import type { Exchange } from '#shared/exchange.ts';
import type { ValueShape } from '../pipeline/artifacts.ts';
import type { Raw } from '../scrubbing/brand.ts';
import { CATALOGUE, cookieSignals, countsOn, headerSignals, type Entry } from './catalogue.ts';
import { sentCookies, setCookies } from './cookies.ts';
import { readPage, type PageParts } from './read-page.ts';
import { matchUrl } from './read-urls.ts';

const MAX_CHARS = 400_000;
const READABLE = /html|json|xml|text\/plain|^$/i;

type Found = Omit<ValueShape, 'exchange' | 'shapes'> & { shape: string };

function cookieShapes(exchange: Exchange, status: number | null): Found[] {
  const sides = [
    { place: 'request-cookie', cookies: sentCookies(exchange.request.headers) },
    { place: 'set-cookie', cookies: setCookies(exchange.response?.headers ?? []) },
  ] as const;
  return sides.flatMap(({ place, cookies }) =>
    cookies.flatMap(({ name, value }) =>
      cookieSignals(name)
        .filter(
          ({ signal }) =>
            signal.value !== undefined &&
            (signal.place === 'cookie' || signal.place === place) &&
            countsOn(signal, status) &&
            signal.value.test(value),
        )
        .map(({ shape }): Found => ({ place, name, shape })),
    ),
  );
}

function headerShapes(exchange: Exchange, status: number | null): Found[] {
  const sides = [
    { place: 'request-header', headers: exchange.request.headers },
    { place: 'response-header', headers: exchange.response?.headers ?? [] },
  ] as const;
  return sides.flatMap(({ place, headers }) =>
    headers.flatMap(([header, text]) => {
      const name = header.toLowerCase();
      return headerSignals(name)
        .filter(
          ({ signal }) =>
            signal.value !== undefined && signal.place === place && countsOn(signal, status) && signal.value.test(text),
        )
        .map(({ shape }): Found => ({ place, name, shape }));
    }),
  );
}

function domMatches({ signal }: (typeof CATALOGUE.dom)[number], page: PageParts): boolean {
  const { title, inlineScript, tag, attribute, value } = signal;
  if (title?.test(page.title)) return true;
  if (inlineScript !== undefined && page.inlineScripts.some((code) => inlineScript.test(code))) return true;
  if (attribute === undefined) return false;
  return page.elements.some((element) => {
    const text = element.attributes.get(attribute);
    return text !== undefined && (tag === undefined || tag === element.tag) && (value?.test(text) ?? true);
  });
}

/** Scripts and frames that a page's markup names. */
function embedded(page: PageParts, base: string, status: number | null): Entry[] {
  return page.elements.flatMap(({ tag, attributes }) => {
    const source = attributes.get('src');
    if ((tag !== 'script' && tag !== 'iframe') || source === undefined || !URL.canParse(source, base)) return [];
    return matchUrl({ url: new URL(source, base).href, script: tag === 'script', status });
  });
}

function bodyShapes(exchange: Exchange, status: number | null): Found[] {
  const sent = exchange.request.body?.text;
  const requestFound =
    sent === undefined
      ? []
      : CATALOGUE.bodies.filter(({ signal }) => signal.of === 'request' && signal.raw?.test(sent.slice(0, MAX_CHARS)));
  const response = exchange.response;
  const text = response?.body?.text;
  const mimeType = response?.body?.mimeType ?? response?.mimeType ?? '';
  if (text === undefined || !READABLE.test(mimeType)) return requestFound.map(toFound);
  const body = text.slice(0, MAX_CHARS);
  const isPage =
    /html/i.test(mimeType) || /^\s*<(?:!doctype|html|head|body|script|title|div|p|form)\b/i.test(body.slice(0, 200));
  const page = isPage ? readPage(body) : null;
  const answerFound = CATALOGUE.bodies.filter(
    ({ signal }) =>
      signal.of === undefined &&
      countsOn(signal, status) &&
      text.length <= (signal.maxChars ?? Infinity) &&
      (signal.raw?.test(body) || signal.text?.test(page?.text ?? body)),
  );
  if (page === null) return [...requestFound, ...answerFound].map(toFound);
  return [
    ...[...requestFound, ...answerFound].map(toFound),
    ...CATALOGUE.dom.filter((entry) => countsOn(entry.signal, status) && domMatches(entry, page)).map(toFound),
    ...embedded(page, exchange.request.url, status).map(toFound),
  ];
}

const toFound = ({ signal, shape }: Entry): Found => ({
  place: 'body',
  name: 'label' in signal ? signal.label : signal.id,
  shape,
});
const urlFound = ({ signal, shape }: Entry): Found => ({
  place: 'url',
  name: 'label' in signal ? signal.label : signal.id,
  shape,
});

/**
 * The classes of the raw values of one exchange, by the value patterns that the vendor files declare. Evaluated once, at
 * ingest, so that everything after it works on replaced values. Holds names and pattern ids only.
 */
export function valueShapes(exchange: Raw<Exchange>): ValueShape[] {
  const status = exchange.response?.status ?? null;
  const script = exchange.resourceType === 'script';
  const found = [
    ...cookieShapes(exchange, status),
    ...headerShapes(exchange, status),
    ...matchUrl({ url: exchange.request.url, script, status }).map(urlFound),
    ...bodyShapes(exchange, status),
  ];
  const grouped = Map.groupBy(found, ({ place, name }) => `${place}\n${name}`);
  return [...grouped.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    const shapes = [...new Set(group.map(({ shape }) => shape))];
    return [{ exchange: exchange.id, place: first.place, name: first.name, shapes }];
  });
}
