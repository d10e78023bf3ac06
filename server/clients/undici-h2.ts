import type { HttpClient } from './client.ts';
import { undiciRequest } from './undici-request.ts';

export const undiciH2: HttpClient = {
  id: 'undici-h2',
  name: 'Plain HTTP client over HTTP/2',
  looksLike: 'Node’s own TLS greeting, HTTP/2 where the site offers it',
  protocols: ['http/1.1', 'h2'],
  request: (request, proxyUrl, signal) => undiciRequest(request, proxyUrl, signal, true),
  available: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};
