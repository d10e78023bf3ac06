const PLAIN = /^[A-Za-z_$/][A-Za-z0-9_$./{}-]*(?: [A-Za-z0-9_$./{}()-]+)*$/;
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** YAML allows no longer key on the line of its value. */
const KEY_LIMIT = 1000;

const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A JSON string is a YAML one, once the characters that YAML calls unprintable are escaped too. */
const quote = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);

const writeString = (text: string): string =>
  text.length < 400 && PLAIN.test(text) && !RESERVED.test(text) ? text : quote(text);

function writeScalar(value: unknown): string {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return 'null';
}

/** `lead` is what stands on the line already: nothing, a key with its colon, or the dashes of lists. */
function writeNode(value: unknown, indent: string, lead: string, lines: string[]): void {
  const isList = Array.isArray(value);
  if (!isList && (typeof value !== 'object' || value === null)) {
    lines.push(`${lead}${writeScalar(value)}`);
    return;
  }
  const entries = Object.entries(value).filter(([, item]) => isList || item !== undefined);
  if (entries.length === 0) {
    lines.push(`${lead}${isList ? '[]' : '{}'}`);
    return;
  }
  const inDashes = lead.endsWith('- ');
  if (lead.endsWith(': ')) lines.push(lead.slice(0, -1));
  for (const [index, [name, item]] of entries.entries()) {
    const start = index === 0 && inDashes ? lead : indent;
    const key = isList ? '' : writeString(name);
    if (key.length > KEY_LIMIT) lines.push(`${start}? ${key}`);
    const next = isList ? `${start}- ` : key.length > KEY_LIMIT ? `${indent}: ` : `${start}${key}: `;
    writeNode(item, `${indent}  `, next, lines);
  }
}

/**
 * JSON data as YAML 1.2 in block style. Written here because a general writer takes several times as long for a document of
 * thousands of operations.
 */
export function writeYaml(value: unknown): string {
  const lines: string[] = [];
  writeNode(value, '', '', lines);
  return `${lines.join('\n')}\n`;
}
