import { z } from 'zod';

/** Random ids are lower-case UUIDs; slugs hold at least 128 random bits in base62 (22 characters or more). */
export const scanIdSchema = z.uuid();
export const slugSchema = z.string().regex(/^[0-9A-Za-z]{22,64}$/);

/** `x<n>`, in order of start; for an imported HAR `n` is the index of its entry. */
export const exchangeIdSchema = z.string().regex(/^x\d+$/);
/** `e<n>` in order of first appearance, stable for the same capture. */
export const endpointIdSchema = z.string().regex(/^e\d+$/);
/** `a<n>` in the order in which the user acted. */
export const actionIdSchema = z.string().regex(/^a\d+$/);
