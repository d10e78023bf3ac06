/**
 * The only way a captured value gets into generated code. Each writer gives one expression of its language that evaluates
 * to the value and holds no line break, comment end, `</script>` or template opener that a reader or a parser could trip on.
 */
const JS_UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069<>$`]|\*\//g;

const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

export function writeJsString(value: string): string {
  return JSON.stringify(value.toWellFormed()).replace(JS_UNSAFE, (found) =>
    found === '*/' ? '*\\/' : unicodeEscape(found),
  );
}

export function writeJsLiteral(value: unknown): string {
  if (typeof value === 'string') return writeJsString(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(writeJsLiteral).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => {
      const name = writeJsString(key);
      return `${key === '__proto__' ? `[${name}]` : name}: ${writeJsLiteral(item)}`;
    });
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return 'null';
}

function escapePythonChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

export function writePythonString(value: string): string {
  const body = value
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[^\x20-\x7e]/gu, escapePythonChar);
  return `"${body}"`;
}

export function writePythonLiteral(value: unknown): string {
  if (typeof value === 'string') return writePythonString(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(writePythonLiteral).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${writePythonString(key)}: ${writePythonLiteral(item)}`)
      .join(', ')}}`;
  }
  return 'None';
}

/** One argument of a POSIX shell command line. */
export function writeShellArgument(value: string): string {
  const text = value.toWellFormed().replaceAll('\u0000', '');
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text that is safe in a comment of any language used here: one line, printable, without a comment's end. */
export function writeCommentText(text: string, maxLength = 160): string {
  const flat = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('"""', '" " "')
    .replaceAll('\\', '/')
    .replace(/[<>]/g, ' ')
    .trim();
  return flat.length > maxLength ? `${flat.slice(0, maxLength - 1).toWellFormed()}…` : flat;
}
