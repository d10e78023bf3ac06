import type { Exchange } from '#shared/exchange.ts';
import type { DictionaryEntry } from '../pipeline/artifacts.ts';
import { asRaw, asScrubbed, type Raw, type Scrubbed } from './brand.ts';
import { createDictionary } from './dictionary.ts';
import { createPlaceholders } from './placeholders.ts';
import { replaceKnown } from './propagate.ts';
import { scanText } from './scan-text.ts';
import { rewriteSpans, secretsOf, type Secret, type Span } from './span.ts';
import { unfoldSecret } from './unfold-secret.ts';
import { visitExchange } from './visit-exchange.ts';

export interface ScrubbingManifest {
  /** Distinct values replaced. */
  values: number;
  types: { type: string; values: number; replacements: number }[];
}

/**
 * One scan's scrubber. First `collect` every exchange and text, then `scrub*` them: a secret is often echoed before the
 * place that marks it as one. Every value has one placeholder under one key, wherever and however it is written; text that
 * was scrubbed before comes back unchanged.
 *
 * Names of headers, parameters and JSON fields are never rewritten for what they are called. A JSON key that is itself
 * personal or secret — an e-mail used as a map key, a token as a key — is a value and is replaced as such, the same in all
 * exchanges.
 */
export interface Scrubber {
  collect: (exchange: Exchange) => void;
  collectText: (text: string) => void;
  scrubExchange: (exchange: Exchange) => Scrubbed<Exchange>;
  scrubText: (text: string) => Scrubbed<string>;
  /** Every string of a JSON-like value; keys of objects too when they are values. */
  scrubValue: <T>(value: T) => Scrubbed<T>;
  /** What is known, for the vault; give it to the next scrubber of the scan. */
  entries: () => Raw<DictionaryEntry[]>;
  manifest: () => ScrubbingManifest;
}

/**
 * @param key 32 bytes of the scan; without it nobody can tell which value a placeholder stands for.
 * @param known Entries of an earlier scrubber with the same key.
 */
export function createScrubber(key: Uint8Array, known: readonly DictionaryEntry[] = []): Scrubber {
  const placeholders = createPlaceholders(key);
  const dictionary = createDictionary(placeholders, known);
  const collected = new WeakMap<Exchange, Span[][]>();
  const replacements = new Map<string, number>();
  const replacedValues = new Map<string, Set<string>>();

  function count({ value, type }: { value: string; type: string }): void {
    replacements.set(type, (replacements.get(type) ?? 0) + 1);
    const values = replacedValues.get(type);
    if (values === undefined) replacedValues.set(type, new Set([value]));
    else values.add(value);
  }

  function learn(spans: readonly Span[]): void {
    for (const secret of secretsOf(spans)) {
      if (!dictionary.learn(secret)) continue;
      for (const inner of unfoldSecret(secret)) dictionary.learn(inner);
    }
  }

  function replaceSecret(secret: Secret): string {
    const placeholder = placeholders.for(secret.value, secret.type);
    if (placeholder !== secret.value) count(secret);
    return placeholder;
  }

  function rewrite(text: string, spans: readonly Span[]): string {
    return replaceKnown(rewriteSpans(text, spans, replaceSecret), dictionary.index(), (position) => {
      const entry = dictionary.entryAt(position);
      if (entry !== undefined) count(entry);
    });
  }

  function scrubText(text: string): Scrubbed<string> {
    const spans = scanText(text, false);
    learn(spans);
    return asScrubbed(rewrite(text, spans));
  }

  function mapTexts(value: unknown, map: (text: string) => string): unknown {
    if (typeof value === 'string') return map(value);
    if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [map(name), mapTexts(inner, map)]));
  }

  /** Learns from every text before the first is rewritten, so that the index is built once. */
  function scrubAny(value: unknown): unknown {
    const spans = new Map<string, Span[]>();
    mapTexts(value, (text) => {
      if (!spans.has(text)) spans.set(text, scanText(text, false));
      learn(spans.get(text) ?? []);
      return text;
    });
    return mapTexts(value, (text) => rewrite(text, spans.get(text) ?? []));
  }

  function collect(exchange: Exchange): void {
    const all: Span[][] = [];
    visitExchange(exchange, {
      digest: () => '',
      text: (text, scan) => {
        const spans = scan();
        learn(spans);
        all.push(spans);
        return text;
      },
    });
    collected.set(exchange, all);
  }

  return {
    collect,
    collectText: (text) => learn(scanText(text, false)),
    scrubExchange: (exchange) => {
      if (!collected.has(exchange)) collect(exchange);
      const spans = collected.get(exchange) ?? [];
      let next = 0;
      const twin = visitExchange(exchange, {
        digest: placeholders.digest,
        text: (text) => rewrite(text, spans[next++] ?? []),
      });
      return asScrubbed(twin);
    },
    scrubText,
    // `mapTexts` keeps the shape and changes texts only, so that the type stays.
    scrubValue: (value) => asScrubbed(scrubAny(value) as typeof value),
    entries: () => asRaw(dictionary.entries()),
    manifest: () => {
      const types = [...replacements].map(([type, made]) => ({
        type,
        values: replacedValues.get(type)?.size ?? 0,
        replacements: made,
      }));
      types.sort((a, b) => b.values - a.values || (a.type < b.type ? -1 : 1));
      return { values: types.reduce((sum, { values }) => sum + values, 0), types };
    },
  };
}
