import { defineConfig } from 'wxt';
import { VERSION } from './shared/version.ts';

/** Public half of a key pair whose private half was never kept: it makes the id `EXTENSION_ID` constant, and signs nothing. */
const PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk1W4kDla9Wkb+ISXRMvhptC7UAj8/PmhlA3xYJxCFZ33VW2A0Ad3CYJExpi3gfKx57MS36O0Roep+AdGGQlyOcVh6e0Io51gv4imDMa9/RpY3/BwT1SIQwnAVFJQP9a7zn/ScEIXSmkbuwKTOXsqdYPbxQEyWSJxkghyXphIW6Jv+yC8MGtlb8FGK5TB3yA6q013UK6UripWdh1PHQ+i+y92FTQqWpR1FUjBjiyYrzX8KaceeIwQ4njwzw64KGXtKnbnpvHTzlW0C3QzJaz7sN/ACrElcY9fbAD9xbZrF5VVlVIz3sVhFcV7+4qLzOtaE2qkku2I89zvN/vrA6DFswIDAQAB';

/**
 * `debugger` records; `sidePanel` is the panel; `storage` keeps server address and key; `alarms` wakes the worker to send what is left;
 * `tabs` shows which site will be recorded before anything is (the browser's warning for `debugger` already covers it). No host
 * permission: the server admits the extension by CORS.
 */
const PERMISSIONS = ['debugger', 'sidePanel', 'storage', 'alarms', 'tabs'];

/** The user names the server, so any may be reached; everything else comes from the package. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  imports: false,
  manifestVersion: 3,
  manifest: ({ command }) => ({
    name: 'browser-recon',
    description: 'Turns ordinary browsing of a site into everything a developer needs to work with that site’s API.',
    version: VERSION,
    key: PUBLIC_KEY,
    minimum_chrome_version: '126',
    permissions: PERMISSIONS,
    optional_host_permissions: ['<all_urls>'],
    action: { default_title: 'Open browser-recon' },
    content_security_policy: {
      extension_pages: [...POLICY, `connect-src http: https:${command === 'serve' ? ' ws:' : ''}`].join('; '),
    },
  }),
  vite: () => ({
    build: { modulePreload: false },
    plugins: [
      {
        name: 'no-code-from-text',
        /** zod would compile schemas with the Function constructor, which extensions forbid; it does without when that fails. */
        transform(code: string, id: string) {
          if (!/[\\/]zod[\\/]/.test(id)) return null;
          return { code: code.replaceAll('const F = Function;', 'const F = undefined;'), map: null };
        },
      },
    ],
  }),
});
