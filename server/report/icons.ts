import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const NAMES = [
  'ban',
  'check',
  'circle-dashed',
  'diff',
  'eye-off',
  'hand',
  'loader-circle',
  'lock',
  'minus',
  'mouse-pointer-click',
  'shield',
  'shield-question',
  'timer',
  'triangle-alert',
  'x',
] as const;

function readSymbol(name: string): string {
  const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8');
  const inside = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s+/g, ' ');
  return `<symbol id="i-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inside.trim()}</symbol>`;
}

/** Every icon of the pages once, as symbols (Lucide, ISC); `<use href="#i-check">` shows one. */
export const ICON_SPRITE = `<svg class="sprite" aria-hidden="true" focusable="false">${NAMES.map(readSymbol).join('')}</svg>`;
