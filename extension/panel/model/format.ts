const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** Bytes in decimal units, three significant figures at most: `0 B`, `812 B`, `1.2 kB`, `25 MB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (unit < UNITS.length - 1 && Math.round(value) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  const text = unit === 0 || value >= 99.95 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
  return `${text} ${UNITS[unit] ?? 'B'}`;
}

/** Whole numbers with thin grouping, so that long counters stay readable: `12 345`. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** A count with its noun: `1 request`, `2 requests`. */
export function formatNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Clock reading of a duration in milliseconds: `0:07`, `12:34`, `1:02:03`. */
export function formatElapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** The same duration for a screen reader: `1 hour 2 minutes 3 seconds`. */
export function speakElapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const parts = [
    [Math.floor(total / 3600), 'hour'],
    [Math.floor(total / 60) % 60, 'minute'],
    [total % 60, 'second'],
  ] as const;
  const spoken = parts.filter(([value]) => value > 0).map(([value, unit]) => formatNoun(value, unit));
  return spoken.length > 0 ? spoken.join(' ') : '0 seconds';
}

/** How long a step took: `0.4 s`, `12 s`, `2 min 5 s`. */
export function formatSeconds(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** How long ago, in the largest fitting unit: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - thenMs) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  return `${formatNoun(Math.floor(hours / 24), 'day')} ago`;
}
