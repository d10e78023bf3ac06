const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** How long to wait before the next attempt: doubling, half of it left to chance, never sooner than the server asked. */
export function backoffMs(failures: number, random: () => number, retryAfterMs: number | null): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.max(retryAfterMs ?? 0, Math.round(ceiling / 2 + (random() * ceiling) / 2));
}
