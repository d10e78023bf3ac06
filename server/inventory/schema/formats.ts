import { fullFormats, type FormatName } from 'ajv-formats/dist/formats.js';

/** Formats that inference may name, most particular first; each is checked by the definition validators use. */
const INFERRED_FORMATS = ['uuid', 'date-time', 'date', 'email', 'ipv4', 'uri'] as const;
export type InferredFormat = (typeof INFERRED_FORMATS)[number];

const test = (name: FormatName, text: string): boolean => {
  const format = fullFormats[name];
  if (format instanceof RegExp) return format.test(text);
  if (typeof format === 'function') return format(text);
  if (typeof format === 'object' && format.validate instanceof RegExp) return format.validate.test(text);
  if (typeof format === 'object' && typeof format.validate === 'function')
    return Boolean((format.validate as (data: string) => unknown)(text));
  return true;
};

const PLAUSIBLE: Record<InferredFormat, (text: string) => boolean> = {
  uuid: (text) => text.length === 36 && text[8] === '-',
  'date-time': (text) => text.length >= 19 && text.length <= 40 && text[4] === '-' && text[10] === 'T',
  date: (text) => text.length === 10 && text[4] === '-',
  email: (text) => text.length <= 254 && text.includes('@'),
  ipv4: (text) => text.length <= 15 && /^\d+\.\d+\.\d+\.\d+$/.test(text),
  uri: (text) => text.length <= 4000 && /^[a-z][a-z0-9+.-]*:\/\//i.test(text),
};

export const hasFormat = (format: InferredFormat, text: string): boolean =>
  PLAUSIBLE[format](text) && test(format, text);

export const isInferredFormat = (name: string): name is InferredFormat =>
  INFERRED_FORMATS.some((format) => format === name);

/** The format of one text, or null. */
export const formatOf = (text: string): InferredFormat | null =>
  INFERRED_FORMATS.find((format) => hasFormat(format, text)) ?? null;
