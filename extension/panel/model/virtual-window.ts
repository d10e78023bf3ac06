export interface VirtualWindow {
  /** Index of the first row to draw. */
  first: number;
  /** Index after the last row to draw. */
  end: number;
  /** Distance of the first drawn row from the top of the list, in pixels. */
  offsetPx: number;
  /** Height of the whole list, in pixels. */
  totalPx: number;
}

export interface Viewport {
  count: number;
  rowPx: number;
  scrollPx: number;
  heightPx: number;
  /** Rows drawn beyond each edge, so that a quick scroll shows no gap. */
  overscan: number;
}

/** Which rows of an evenly high list are to be drawn for what is scrolled into view. */
export function virtualWindow({ count, rowPx, scrollPx, heightPx, overscan }: Viewport): VirtualWindow {
  const visible = Math.ceil(heightPx / rowPx) + 1;
  const top = Math.min(Math.max(0, Math.floor(scrollPx / rowPx)), Math.max(0, count - 1));
  const first = Math.max(0, Math.min(top, count - visible) - overscan);
  const end = Math.min(count, top + visible + overscan);
  return { first, end, offsetPx: first * rowPx, totalPx: count * rowPx };
}

/** Whether the list shows its end, within one row: then new rows should be followed. */
export function isAtEnd(viewport: Pick<Viewport, 'count' | 'rowPx' | 'scrollPx' | 'heightPx'>): boolean {
  return viewport.scrollPx + viewport.heightPx >= viewport.count * viewport.rowPx - viewport.rowPx;
}
