import type { Product } from './catalogue.ts';

const SHAPES: Readonly<Record<string, string>> = {
  lighting: '<path d="M120 70h80l28 70H92z"/><path d="M156 140h8v64h-8zM124 204h72v10h-72z"/>',
  kitchen:
    '<path d="M104 96h96v88a28 28 0 0 1-28 28h-40a28 28 0 0 1-28-28z"/><path d="M200 116h18a22 22 0 0 1 0 52h-18v-14h14a10 10 0 0 0 0-24h-14z"/>',
  textiles: '<path d="M92 84h136v18H92zM92 114h136v18H92zM92 144h136v18H92zM92 174h136v18H92zM92 204h136v8H92z"/>',
  outdoor: '<path d="M160 62l78 60H82z"/><path d="M156 122h8v90h-8zM110 202h100v10H110z"/>',
  storage: '<path d="M84 110h152l-14 100H98z"/><path d="M112 110a48 44 0 0 1 96 0h-12a36 34 0 0 0-72 0z"/>',
  stationery:
    '<path d="M108 68h96a12 12 0 0 1 12 12v128H120a12 12 0 0 1-12-12z"/><path d="M120 68h8v140h-8z" opacity=".35"/>',
};

/** A small drawing of a product, its tint given by the id. */
export function drawProduct(product: Pick<Product, 'id' | 'category'>): string {
  const hue = 30 + ((product.id * 47) % 200);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 280" width="320" height="280"><rect width="320" height="280" fill="hsl(${hue} 32% 92%)"/><ellipse cx="160" cy="222" rx="92" ry="9" fill="hsl(${hue} 22% 80%)"/><g fill="hsl(${hue} 38% 38%)">${SHAPES[product.category] ?? ''}</g></svg>`;
}

/** The shop's sign. */
export const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"><circle cx="16" cy="16" r="16" fill="#12344d"/><path d="M15 6h2v4h4v2h-4v10.8c3.2-.5 5.6-2.7 6-5.8l2 .4C24.3 22.2 20.6 25 16 25s-8.3-2.8-9-7.6l2-.4c.4 3.1 2.8 5.3 6 5.8V12h-4v-2h4z" fill="#f3e9d8"/></svg>';
