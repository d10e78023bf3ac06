import type { HttpClient } from './client.ts';
import { curl } from './curl.ts';
import { impitChrome } from './impit-chrome.ts';
import { impitFirefox } from './impit-firefox.ts';
import { undiciH2 } from './undici-h2.ts';
import { undici } from './undici.ts';

/** Every client, the cheapest to run first. */
export const CLIENTS: readonly HttpClient[] = [undici, undiciH2, curl, impitFirefox, impitChrome];
