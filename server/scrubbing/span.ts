/** How a value is written in the text around it. */
export interface Codec {
  decode: (written: string) => string;
  encode: (plain: string) => string;
}

export interface Secret {
  /** The plain value, decoded. */
  value: string;
  type: string;
  /** Found by a name or a format that only secrets have; such values are searched for everywhere. */
  strong: boolean;
}

/**
 * A stretch `[start, end)` of a text that holds a secret, or a text of its own (JSON in a string, a URL in a header) whose
 * spans are relative to the decoded stretch.
 */
export type Span =
  | { start: number; end: number; codec: Codec; secret: Secret }
  | { start: number; end: number; codec: Codec; inner: readonly Span[] };

/** Keeps the spans that do not overlap an earlier one; on a tie of start the longer wins. */
export function settleSpans(spans: Span[]): Span[] {
  if (spans.length < 2) return spans;
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const settled: Span[] = [];
  for (const span of spans) {
    const last = settled.at(-1);
    if (last === undefined || span.start >= last.end) settled.push(span);
  }
  return settled;
}

/** Every secret in the spans, nested ones too. */
export function* secretsOf(spans: readonly Span[]): Generator<Secret> {
  for (const span of spans) {
    if ('secret' in span) yield span.secret;
    else yield* secretsOf(span.inner);
  }
}

/** Rewrites the spans of a text; `spans` are settled. */
export function rewriteSpans(text: string, spans: readonly Span[], replace: (secret: Secret) => string): string {
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const span of spans) {
    parts.push(text.slice(at, span.start));
    const written = text.slice(span.start, span.end);
    const plain =
      'secret' in span ? replace(span.secret) : rewriteSpans(span.codec.decode(written), span.inner, replace);
    parts.push(span.codec.encode(plain));
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
