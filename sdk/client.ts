import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];
export type ReconClient = Client<paths>;

export interface ReconClientOptions {
  /** Address of the server, without a path. */
  server: string;
  /** `rec_live_…`; absent for the few routes that need none. */
  key?: string;
  /** Who calls, as `<name>/<semver>`. */
  client: string;
  fetch?: (request: Request) => Promise<Response>;
}

/** A client whose paths, parameters, bodies and answers are those of the server's own OpenAPI document. */
export const createReconClient = (options: ReconClientOptions): ReconClient =>
  createClient<paths>({
    baseUrl: options.server,
    headers: {
      'X-Recon-Client': options.client,
      ...(options.key === undefined ? {} : { Authorization: `Bearer ${options.key}` }),
    },
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
