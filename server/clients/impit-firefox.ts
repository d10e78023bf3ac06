import type { HttpClient } from './client.ts';
import { impitClient } from './impit-client.ts';

export const impitFirefox: HttpClient = impitClient({
  id: 'impit-firefox',
  name: 'Browser-like HTTP client (Firefox)',
  looksLike: 'Firefox’s TLS and HTTP/2 greeting, no JavaScript',
  browser: 'firefox144',
});
