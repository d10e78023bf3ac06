import { ERROR_STATUS, type ErrorCode } from '#shared/errors.ts';

/**
 * Something that must not happen, with the code the wire knows. `message` and `details` may reach a client: they never hold
 * a captured value, a path or a secret. `cause` stays in the process.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }

  get status(): (typeof ERROR_STATUS)[ErrorCode] {
    return ERROR_STATUS[this.code];
  }
}

export const isAppError = (error: unknown): error is AppError => error instanceof AppError;

/** The system's error code (`EADDRINUSE`, `ENOSPC`, …) of an error or of anything that caused it; undefined when there is none. */
export function systemCode(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return undefined;
}

/** A store that cannot be reached now and may be later: rooms mark such errors with `isOutage`. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'BlobUnavailable' || ('isOutage' in error && error.isOutage === true));
