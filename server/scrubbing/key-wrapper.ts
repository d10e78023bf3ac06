/**
 * Wraps the keys of scans under a key that never leaves its keeper. Bound to the scan: what was wrapped for one opens for
 * no other. `unwrap` throws `AppError`: `INTERNAL_ERROR` when the key does not open it, `UNAVAILABLE` when its keeper cannot be
 * asked or refuses.
 */
export interface KeyWrapper {
  wrap: (key: Uint8Array, scanId: string) => Promise<Uint8Array>;
  unwrap: (wrapped: Uint8Array, scanId: string) => Promise<Uint8Array>;
}
