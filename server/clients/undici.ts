import type { HttpClient } from './client.ts';
import { undiciRequest } from './undici-request.ts';

export const undici: HttpClient = {
  id: 'undici',
  name: 'Plain HTTP client',
  looksLike: 'Node’s own TLS greeting, HTTP/1.1',
  protocols: ['http/1.1'],
  request: (request, proxyUrl, signal) => undiciRequest(request, proxyUrl, signal, false),
  available: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};
