import { z } from 'zod';

/** The closed list of error codes with the one HTTP status each has. */
export const ERROR_STATUS = {
  INVALID_JSON: 400,
  INVALID_GZIP: 400,
  INVALID_SEGMENT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SEGMENT_CONFLICT: 409,
  SCAN_STATE: 409,
  VAULT_CLOSED: 409,
  CLIENT_TOO_OLD: 410,
  GONE: 410,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_BODY: 422,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
  DISK_FULL: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;
export const errorCodeSchema = z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]);

/** The body of every non-2xx answer. `message` is for people and never holds a captured value, a path or a stack. */
export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    details: z.unknown().optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
