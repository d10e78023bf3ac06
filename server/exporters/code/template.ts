/** A path template in pieces: text that stays, and parameters by name. */
export type TemplatePart = { literal: string } | { parameter: string };

export function splitTemplate(template: string): TemplatePart[] {
  return template
    .split(/(\{[^{}]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece.startsWith('{') && piece.endsWith('}') && piece.length > 2
        ? { parameter: piece.slice(1, -1) }
        : { literal: piece },
    );
}

/** Percent-encodes what a path may not hold and leaves what is encoded already. */
export const encodePathLiteral = (literal: string): string =>
  encodeURI(literal.toWellFormed())
    .replaceAll('%25', '%')
    .replace(/[?#[\]]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Values of the template's parameters in a path; null when the path does not fit. */
export function matchTemplate(template: string, pathname: string): Map<string, string> | null {
  const parts = splitTemplate(template);
  const pattern = parts
    .map((part) => ('literal' in part ? part.literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : '([^/]+?)'))
    .join('');
  const match = new RegExp(`^${pattern}$`, 'i').exec(pathname);
  if (!match) return null;
  const values = new Map<string, string>();
  parts.forEach((part) => {
    if ('parameter' in part) values.set(part.parameter, decode(match[values.size + 1] ?? ''));
  });
  return values;
}
