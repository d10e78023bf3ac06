import type { HttpClient } from './client.ts';
import { impitClient } from './impit-client.ts';

export const impitChrome: HttpClient = impitClient({
  id: 'impit-chrome',
  name: 'Browser-like HTTP client (Chrome)',
  looksLike: 'Chrome’s TLS and HTTP/2 greeting, no JavaScript',
  browser: 'chrome151',
});
