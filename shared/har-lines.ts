import { BODY_PART_CHARS, type HarLine } from './capture.ts';

/**
 * Cuts the text of a HAR into lines of at most `chars` characters for segments; a surrogate pair is never cut. An empty text
 * is one empty line.
 */
export function splitHar(text: string, chars: number = BODY_PART_CHARS): HarLine[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + chars, text.length);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  if (pieces.length === 0) pieces.push('');
  return pieces.map((data, part) => ({ k: 'har', part, parts: pieces.length, data }));
}

/** Puts the text together again. Throws when a piece is missing, repeated or out of order. */
export function joinHar(lines: Iterable<HarLine>): string {
  const pieces: string[] = [];
  let parts = 0;
  for (const line of lines) {
    if (line.part !== pieces.length || (parts !== 0 && line.parts !== parts)) {
      throw new Error(`Piece ${line.part} of the HAR is out of order; piece ${pieces.length} was expected.`);
    }
    parts = line.parts;
    pieces.push(line.data);
  }
  if (parts === 0 || pieces.length !== parts) throw new Error(`The HAR has ${pieces.length} of its ${parts} pieces.`);
  return pieces.join('');
}
