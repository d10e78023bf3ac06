import type { Header } from '#shared/exchange.ts';

export interface NamedValue {
  name: string;
  value: string;
}

const pair = (text: string): NamedValue[] => {
  const at = text.indexOf('=');
  const name = (at === -1 ? text : text.slice(0, at)).trim();
  return name === '' ? [] : [{ name, value: at === -1 ? '' : text.slice(at + 1).trim() }];
};

const valuesOf = (headers: readonly Header[], name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/** Cookies a request sent. */
export const sentCookies = (headers: readonly Header[]): NamedValue[] =>
  valuesOf(headers, 'cookie').flatMap((line) => line.split(';').flatMap(pair));

/** Cookies a response set; the protocol joins several with line breaks. */
export const setCookies = (headers: readonly Header[]): NamedValue[] =>
  valuesOf(headers, 'set-cookie').flatMap((value) =>
    value.split('\n').flatMap((line) => pair(line.split(';', 1)[0] ?? '')),
  );
