import { OpenAPIHono, z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { errorBodySchema } from '#shared/errors.ts';
import { scanIdSchema } from '#shared/ids.ts';
import { AppError } from '../errors.ts';
import { refuseInvalid } from './error-handler.ts';
import type { HttpEnv } from './http-env.ts';

/** A router whose refused input has the one error shape. */
export const newRouter = () => new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });

/**
 * Gives a schema its name in our OpenAPI document. A copy, because a schema made before `@hono/zod-openapi` was loaded lacks
 * what that adds.
 */
export const named = <T extends z.ZodType>(name: string, schema: T): T => schema.clone().openapi(name);

const errorSchema = named('Error', errorBodySchema);

/** The answer of every route when something is wrong. */
export const otherwise = {
  default: { description: 'Refused or failed', content: { 'application/json': { schema: errorSchema } } },
};

export const jsonOf = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});

export const scanParams = z.object({
  id: scanIdSchema,
});

type LimitName = 'jsonBodyBytes' | 'oneShotBytes';

/** Refuses a body above the setting, whether or not it says its length. */
export const limitBody = (name: LimitName = 'jsonBodyBytes') =>
  createMiddleware<HttpEnv>(async function limitBody(c, next) {
    const maxSize = c.get('deps').settings.limits[name];
    const onError = (): never => {
      throw new AppError('TOO_LARGE', `The body is larger than ${maxSize / 1_000_000} MB.`);
    };
    return bodyLimit({ maxSize, onError })(c, next);
  });
