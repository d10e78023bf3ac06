import { acceptsValue } from './accept-value.ts';
import { classifyName, classifyPersonName } from './classify-name.ts';
import { decodePercent, formCodec, percentCodec } from './codecs.ts';
import { isPlaceholder } from './placeholders.ts';
import { isContextualSecret } from './query-context.ts';
import type { Span } from './span.ts';

export type ScanNested = (plain: string) => Span[];

/**
 * `name=value` pairs between `from` and `to`: a query, a form body, a fragment. Values that are texts of their own (a URL,
 * JSON) are searched as such.
 */
export function scanPairs(
  text: string,
  from: number,
  to: number,
  kind: 'query' | 'form',
  nested: ScanNested,
  spans: Span[],
): void {
  const codec = kind === 'form' ? formCodec : percentCodec;
  const around = text.slice(Math.max(0, from - 200), Math.min(to, from + 2000));
  for (let at = from; at < to;) {
    let end = text.indexOf('&', at);
    if (end === -1 || end > to) end = to;
    const equals = text.indexOf('=', at);
    if (equals !== -1 && equals < end) {
      const name = decodePercent(text.slice(at, equals));
      const start = equals + 1;
      const value = codec.decode(text.slice(start, end));
      if (value !== '' && !isPlaceholder(value)) {
        const named = classifyName(name) ?? classifyPersonName(name, null, true);
        const context = named === null && isContextualSecret(name, value, around);
        if (named !== null && acceptsValue(named, value, true)) {
          spans.push({ start, end, codec, secret: { value, type: named.type, strong: true } });
        } else if (context) spans.push({ start, end, codec, secret: { value, type: 'code', strong: true } });
        else if (value.length >= 8 && /[^\w. -]/.test(value)) {
          const inner = nested(value);
          if (inner.length > 0) spans.push({ start, end, codec, inner });
        }
      }
    }
    at = end + 1;
  }
}
