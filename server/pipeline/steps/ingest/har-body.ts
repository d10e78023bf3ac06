import type { Body, Header } from '#shared/exchange.ts';
import { headerValue } from '#shared/exchange.ts';
import { isLoose, listOf, looseOf, numberOf, textOf, type Loose } from './loose.ts';

const FORM = 'application/x-www-form-urlencoded';
const FORM_BOUNDARY = '----recon-form-data';
const BINARY_MIME =
  /^(?:image|audio|video|font)\/(?!svg)|octet-stream|application\/(?:pdf|zip|wasm|gzip|x-protobuf|grpc)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

const sizeOf = (value: unknown): number =>
  Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(numberOf(value) ?? 0)));

const byteLength = (text: string): number => Buffer.byteLength(text);

function fromBase64(data: string, mimeType: string): Pick<Body, 'text' | 'base64' | 'bytes'> {
  const bytes = Buffer.from(data, 'base64');
  if (!BINARY_MIME.test(mimeType)) {
    try {
      return { text: utf8.decode(bytes), bytes: bytes.length };
    } catch {
      return { base64: bytes.toString('base64'), bytes: bytes.length };
    }
  }
  return { base64: bytes.toString('base64'), bytes: bytes.length };
}

const paramsOf = (value: unknown): Loose[] =>
  Array.isArray(value)
    ? value.filter(isLoose)
    : Object.entries(looseOf(value)).map(([name, held]) => ({ name, value: held }));

const encodePair = (param: Loose): string => {
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
  return `${encode(textOf(param['name']) ?? '')}=${encode(textOf(param['value']) ?? '')}`;
};

function multipartText(params: readonly Loose[]): string {
  const parts = params.map((param) => {
    const file = textOf(param['fileName']);
    const type = textOf(param['contentType']);
    const named = `Content-Disposition: form-data; name="${textOf(param['name']) ?? ''}"${file === undefined ? '' : `; filename="${file}"`}`;
    const head = type === undefined ? named : `${named}\r\nContent-Type: ${type}`;
    return `--${FORM_BOUNDARY}\r\n${head}\r\n\r\n${textOf(param['value']) ?? ''}\r\n`;
  });
  return `${parts.join('')}--${FORM_BOUNDARY}--\r\n`;
}

/** The body of a request: the text when there is one, else what its parameters say; they may disagree, the text went over the wire. */
export function readRequestBody(request: Loose, headers: readonly Header[]): Body | null {
  const postData = request['postData'];
  const declared = headerValue(headers, 'content-type') ?? '';
  if (typeof postData === 'string') {
    return postData === '' ? null : { mimeType: declared, bytes: byteLength(postData), text: postData };
  }
  if (!isLoose(postData)) {
    const size = sizeOf(request['bodySize']);
    return size > 0 ? { mimeType: declared, bytes: size, lost: 'not-available' } : null;
  }
  const mimeType = textOf(postData['mimeType']) ?? declared;
  const text = textOf(postData['text']) ?? (isLoose(postData['text']) ? JSON.stringify(postData['text']) : undefined);
  if (text !== undefined && text !== '') {
    const isBase64 = /base64/i.test(textOf(postData['encoding']) ?? textOf(postData['_encoding']) ?? '');
    return isBase64 ? { mimeType, ...fromBase64(text, mimeType) } : { mimeType, bytes: byteLength(text), text };
  }
  const params = paramsOf(postData['params']);
  if (params.length > 0) {
    const isMultipart = /multipart/i.test(mimeType) || params.some((param) => textOf(param['fileName']) !== undefined);
    const built = isMultipart ? multipartText(params) : params.map(encodePair).join('&');
    const boundary = `multipart/form-data; boundary=${FORM_BOUNDARY}`;
    return { mimeType: isMultipart ? boundary : mimeType || FORM, bytes: byteLength(built), text: built };
  }
  const size = sizeOf(request['bodySize']);
  if ('_file' in postData || size > 0) return { mimeType, bytes: size, lost: 'not-available' };
  return null;
}

/** The body of a response, or why it is not in the file; null when there was none. */
export function readResponseBody(response: Loose, status: number, mimeType: string): Body | null {
  const content = response['content'];
  if (typeof content === 'string') {
    return content === '' ? null : { mimeType, bytes: byteLength(content), text: content };
  }
  const from = looseOf(content);
  const raw = from['text'];
  const text = textOf(raw) ?? (typeof raw === 'object' && raw !== null ? JSON.stringify(raw) : undefined);
  const size = sizeOf(from['size'] ?? response['bodySize']);
  const truncated = from['truncated'] === true || from['_truncated'] === true ? { truncated: true } : {};
  if (text !== undefined && text !== '') {
    const isBase64 = /base64/i.test(textOf(from['encoding']) ?? '');
    return { mimeType, ...(isBase64 ? fromBase64(text, mimeType) : { text, bytes: byteLength(text) }), ...truncated };
  }
  if ('_file' in from) return { mimeType, bytes: size, lost: 'not-available' };
  if (size === 0 || status === 204 || status === 304) return null;
  return { mimeType, bytes: size, lost: status >= 300 && status < 400 ? 'redirect' : 'not-available' };
}

/** Headers as a list of `{name, value}` or as an object; values of any scalar type. */
export function readHeaders(value: unknown): Header[] {
  if (!Array.isArray(value)) {
    return Object.entries(looseOf(value)).flatMap(([name, held]): Header[] =>
      (Array.isArray(held) ? held : [held]).map((one) => [name, textOf(one) ?? '']),
    );
  }
  return listOf(value).flatMap((item): Header[] => {
    if (Array.isArray(item)) return item.length >= 2 ? [[textOf(item[0]) ?? '', textOf(item[1]) ?? '']] : [];
    const header = looseOf(item);
    const name = textOf(header['name']) ?? textOf(header['key']) ?? '';
    return name === '' ? [] : [[name, textOf(header['value']) ?? '']];
  });
}

/** Cookies of the list, for files that hold them there only. */
export function readCookies(value: unknown): { name: string; value: string }[] {
  return listOf(value).flatMap((item) => {
    const cookie = looseOf(item);
    const name = textOf(cookie['name']);
    return name === undefined ? [] : [{ name, value: textOf(cookie['value']) ?? '' }];
  });
}
