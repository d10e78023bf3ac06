import { acceptsValue } from './accept-value.ts';
import { classifyName } from './classify-name.ts';
import { plainCodec } from './codecs.ts';
import { scanText } from './scan-text.ts';
import { settleSpans, type Codec, type Span } from './span.ts';

const NAME = /;\s{0,8}name="([^"]{0,256})"/i;

/** A file that is not text leaves nothing but the fact that it was there. */
const binaryCodec: Codec = { decode: () => '', encode: () => 'rdx_binary' };

const shifted = (span: Span, by: number): Span => ({ ...span, start: span.start + by, end: span.end + by });

/** Parts of a multipart body, each read by its field name and by what it holds. */
export function scanMultipart(text: string, boundary: string): Span[] {
  const spans: Span[] = [];
  const line = `--${boundary}`;
  for (let at = text.indexOf(line); at !== -1;) {
    const next = text.indexOf(line, at + line.length);
    const end = next === -1 ? text.length : next;
    const blank = /\r?\n\r?\n/.exec(text.slice(at, Math.min(end, at + 8192)));
    if (blank !== null) {
      const head = text.slice(at, at + blank.index);
      const start = at + blank.index + blank[0].length;
      const value = text.slice(start, end).replace(/\r?\n$/, '');
      const name = NAME.exec(head)?.[1] ?? '';
      const named = classifyName(name);
      if (/;\s{0,8}filename\*?=/i.test(head) && /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(value.slice(0, 4096))) {
        spans.push({ start, end: start + value.length, codec: binaryCodec, inner: [] });
      } else if (named !== null && acceptsValue(named, value, true)) {
        spans.push({
          start,
          end: start + value.length,
          codec: plainCodec,
          secret: { value, type: named.type, strong: true },
        });
      } else for (const span of scanText(value, true, 1)) spans.push(shifted(span, start));
      for (const span of scanText(head, true, 1)) spans.push(shifted(span, at));
    }
    at = next;
  }
  return settleSpans(spans);
}

export const boundaryOf = (mimeType: string, text: string): string | null =>
  /boundary="?([^";]{1,80})/i.exec(mimeType)?.[1] ??
  (/^--([\w'()+,./:=?-]{6,72})\r?\n(?=content-)/i.exec(text.slice(0, 128))?.[1] || null);
