import { setTimeout as pause } from 'node:timers/promises';
import { errorBodySchema } from '#shared/errors.ts';
import { compareVersions, VERSION } from '#shared/version.ts';
import { createReconClient, type ReconClient } from '../../sdk/client.ts';
import type { HostPaths } from '../env.ts';
import { CommandError, type Arguments, type CommandContext } from './command.ts';
import { readConfig } from './config.ts';

export const CLIENT_NAME = `cli/${VERSION}`;
export const DEFAULT_SERVER = 'http://127.0.0.1:7717';

const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 65_000;

/**
 * Sends again what was refused for a while (429, 503) or did not arrive, as long as the server asks, six times at most. A
 * server that never answered at all is not waited for.
 */
export const createPatientFetch = (
  signal: AbortSignal,
  wait: (ms: number) => Promise<unknown> = (ms) => pause(ms, undefined, { signal }),
) => {
  let met = false;
  return async (request: Request): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === MAX_TRIES;
      try {
        const response = await fetch(new Request(request.clone(), { signal }));
        met = true;
        if (isLast || (response.status !== 429 && response.status !== 503)) return response;
        const seconds = Number(response.headers.get('retry-after') ?? 0);
        await response.body?.cancel();
        await wait(Math.min(MAX_PAUSE_MS, Math.max(FIRST_PAUSE_MS, seconds * 1000)));
      } catch (error) {
        if (isLast || !met || signal.aborted) throw error;
        await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  };
};

export interface Connection {
  client: ReconClient;
  server: string;
  key: string;
}

/** The server meant: `--server`, `RECON_SERVER`, the one logged in to last, or the local one. */
export function chooseServer(args: Arguments, host: Pick<HostPaths, 'server'>, kept: string | null): string {
  const named = args.text('server') ?? host.server ?? kept ?? DEFAULT_SERVER;
  const url = URL.canParse(named) ? new URL(named) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CommandError('SERVER', `${named} is not the address of a server. Give one such as ${DEFAULT_SERVER}.`);
  }
  return url.origin;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function toCommandError({ error, response }: Answer<unknown>, server: string): CommandError {
  const body = errorBodySchema.safeParse(error);
  if (!body.success) {
    return new CommandError(
      'UNREACHABLE',
      `${server} does not answer like a browser-recon server (${response.status}).`,
    );
  }
  const { code, message } = body.data.error;
  return new CommandError(code, code === 'UNAUTHENTICATED' ? `${message} Log in with: recon login` : message);
}

const receive = <T>(answer: Promise<Answer<T>>, server: string): Promise<Answer<T>> =>
  answer.catch((cause: unknown) => {
    throw new CommandError(
      'UNREACHABLE',
      `The server ${server} cannot be reached. Start it with npm start, or name another with --server.`,
      { cause },
    );
  });

/** The answer's data. Throws what the server said, as a `CommandError` that people can act on. */
export async function expectData<T>(answer: Promise<Answer<T>>, server: string): Promise<T> {
  const received = await receive(answer, server);
  if (!received.response.ok || received.data === undefined) throw toCommandError(received, server);
  return received.data;
}

/** The same for an answer without data. */
export async function expectDone(answer: Promise<Answer<unknown>>, server: string): Promise<void> {
  const received = await receive(answer, server);
  if (!received.response.ok) throw toCommandError(received, server);
}

/** A client of the chosen server with its key, after a look at the versions. */
export async function connect(context: CommandContext, args: Arguments): Promise<Connection> {
  const config = await readConfig(context.host.configDir);
  const server = chooseServer(args, context.host, config.server);
  const key = context.host.key ?? config.keys[server];
  if (key === undefined) {
    throw new CommandError(
      'UNAUTHENTICATED',
      `There is no key for ${server} yet. Log in with: recon login --server ${server}`,
    );
  }
  const client = createReconClient({ server, key, client: CLIENT_NAME, fetch: createPatientFetch(context.signal) });
  const versions = await expectData(client.GET('/version'), server);
  if (compareVersions(versions.latestClient, VERSION) > 0) {
    context.terminal.warn(
      `Version ${versions.latestClient} is out; this is ${VERSION}. Get it at ${versions.upgradeUrl}`,
    );
  }
  return { client, server, key };
}
