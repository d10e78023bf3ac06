/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { PAGE_POLICY } from './headers.ts';
import { ICON_SPRITE } from './icons.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './styles.ts';

interface LayoutProps {
  title: string;
  /** Seconds after which the page loads itself again; absent for a page that does not change. */
  refreshSeconds?: number;
  children?: Child;
}

/** One self-contained document: nothing is loaded from anywhere. */
export const Layout = ({ title, refreshSeconds, children }: LayoutProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={PAGE_POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      {refreshSeconds === undefined ? null : (
        <noscript>
          <meta http-equiv="refresh" content={String(refreshSeconds)} />
        </noscript>
      )}
      <title>{title}</title>
      <style>{raw(STYLE)}</style>
    </head>
    <body data-refresh={refreshSeconds}>
      {raw(ICON_SPRITE)}
      {children}
      <script>{raw(SCRIPT)}</script>
    </body>
  </html>
);

export const Icon = ({ name, tone }: { name: string; tone?: string }) => (
  <svg class={tone === undefined ? 'icon' : `icon ${tone}`} aria-hidden="true" focusable="false">
    <use href={`#i-${name}`} />
  </svg>
);

/** A table that scrolls inside itself and can be reached by keyboard. */
export const Scroll = ({ label, children }: { label: string; children?: Child }) => (
  <div class="scroll" role="group" aria-label={label} tabindex={0}>
    {children}
  </div>
);

export const Code = ({ text, label }: { text: string; label: string }) => (
  <div class="codebox">
    <pre tabindex={0} role="group" aria-label={label}>
      {text}
    </pre>
  </div>
);
