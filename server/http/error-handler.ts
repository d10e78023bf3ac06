import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import type { ErrorBody, ErrorCode } from '#shared/errors.ts';
import { AppError, isAppError, isOutage, systemCode } from '../errors.ts';
import type { HttpEnv } from './http-env.ts';

const RETRY_SECONDS = '5';
const DISK_FULL_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** What went wrong, as the wire may know it. Everything unforeseen is one and the same `INTERNAL_ERROR`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const system = systemCode(error);
  if (system !== undefined && DISK_FULL_CODES.has(system)) {
    return new AppError(
      'DISK_FULL',
      'The server has no room left. Nothing that was accepted is lost; try again later.',
      { cause: error },
    );
  }
  if (isOutage(error)) {
    return new AppError(
      'UNAVAILABLE',
      'Database or file store cannot be reached at the moment. Try again in a few seconds.',
      {
        cause: error,
      },
    );
  }
  if (error instanceof HTTPException) {
    if (error.status === 400) return new AppError('INVALID_JSON', 'The body is not valid JSON.', { cause: error });
    if (error.status === 415)
      return new AppError('UNSUPPORTED_MEDIA_TYPE', 'This Content-Type is not accepted here.', { cause: error });
    if (error.status === 413) return new AppError('TOO_LARGE', 'The body is too large.', { cause: error });
  }
  return new AppError(
    'INTERNAL_ERROR',
    'Something went wrong on the server. Quote the request id when you report it.',
    { cause: error },
  );
}

export const errorBody = (error: AppError, requestId: string): ErrorBody => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.details === undefined || error.code === 'INTERNAL_ERROR' ? {} : { details: error.details }),
    requestId,
  },
});

export const handleError: ErrorHandler<HttpEnv> = (thrown, c) => {
  const error = toAppError(thrown);
  if (error.status >= 500) {
    c.get('deps').log.error('request failed', {
      requestId: c.get('requestId'),
      code: error.code,
      error: error.cause ?? error,
    });
  }
  if (error.code === 'UNAVAILABLE' || error.code === 'DISK_FULL') c.header('Retry-After', RETRY_SECONDS);
  c.header('Cache-Control', 'no-store');
  // What is left of the body is not read, so the connection is good for nothing more; saying so keeps clients from reusing it.
  if (!c.env.incoming.complete) c.header('Connection', 'close');
  return c.json(errorBody(error, c.get('requestId')), error.status);
};

export const handleNotFound: NotFoundHandler<HttpEnv> = (c) =>
  c.json(errorBody(new AppError('NOT_FOUND', 'There is nothing at this address.'), c.get('requestId')), 404);

const CODE_OF_TARGET: Partial<Record<string, ErrorCode>> = { param: 'NOT_FOUND' };

/** Turns a refused parameter into 404 and any other refused part into 422 with the issues; never repeats a value. */
export const refuseInvalid = (
  result: { target: string } & ({ success: true } | { success: false; error: z.ZodError }),
): void => {
  if (result.success) return;
  const code = CODE_OF_TARGET[result.target] ?? 'INVALID_BODY';
  if (code === 'NOT_FOUND') throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  const where = result.target === 'json' ? 'body' : result.target;
  const details = result.error.issues
    .slice(0, 20)
    .map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), code: issue.code, message: issue.message }));
  throw new AppError(
    code,
    `The ${where} is not as expected: ${details[0]?.path ?? where}: ${details[0]?.message ?? ''}`,
    { details },
  );
};
