/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { AppError } from '../errors.ts';

const STYLE = `:root{color-scheme:light dark;--text:#1d2330;--soft:#5b6475;--line:#d9dee7;--back:#fff;--tint:#f4f6fa}
@media(prefers-color-scheme:dark){:root{--text:#e6e9f0;--soft:#9aa3b5;--line:#333b4a;--back:#14181f;--tint:#1c222c}}
body{margin:0 auto;max-width:60rem;padding:2rem 1rem;background:var(--back);color:var(--text);font:15px/1.55 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}p{margin:.25rem 0;max-width:44rem}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%}.scroll{overflow-x:auto}td{border-top:1px solid var(--line);padding:.5rem .75rem .5rem 0;vertical-align:top}
code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}td:first-child{white-space:nowrap;font-weight:600;width:4.5rem}
a{color:inherit}a:focus-visible{outline:2px solid}`;

const hash = createHash('sha256').update(STYLE).digest('base64');

/** A page of our own words without any script; what it shows is escaped text. */
export const PLAIN_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
  'Cache-Control': 'no-store',
};

function writePage(page: Child): string {
  const text = html`<!doctype html>${page}`;
  if (text instanceof Promise) throw new AppError('INTERNAL_ERROR', 'A plain page waits for nothing.');
  return text.toString();
}

export function renderPlainPage(title: string, content: Child): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>{content}</body>
    </html>
  );
  return writePage(page);
}
