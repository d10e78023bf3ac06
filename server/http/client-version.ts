import { CLIENT_HEADER, compareVersions } from '#shared/version.ts';
import { AppError } from '../errors.ts';

/** What `X-Recon-Client` said; `version` is null when the header is missing or not `<name>/<semver>`. */
export interface ClientName {
  name: string;
  version: string | null;
}

const FORM = /^([a-z][a-z0-9-]{0,30})\/(\d{1,5}\.\d{1,5}\.\d{1,5})(?:[-+][0-9A-Za-z.+-]{1,40})?$/;
const UNKNOWN: ClientName = { name: 'unknown', version: null };

export function readClient(header: string | undefined): ClientName {
  const match = FORM.exec(header?.trim() ?? '');
  return match?.[1] === undefined || match[2] === undefined ? UNKNOWN : { name: match[1], version: match[2] };
}

export const clientLabel = ({ name, version }: ClientName): string => (version === null ? name : `${name}/${version}`);

/** Throws `CLIENT_TOO_OLD` for a client below the minimum. One that does not say its version is let through. */
export function requireCurrentClient(client: ClientName, minClient: string, upgradeUrl: string): void {
  if (client.version === null || compareVersions(client.version, minClient) >= 0) return;
  throw new AppError(
    'CLIENT_TOO_OLD',
    `This client is version ${client.version}; the server needs ${minClient} or newer. Get it at ${upgradeUrl}. A recording under way can still be finished.`,
    { details: { minClient, upgradeUrl, header: CLIENT_HEADER } },
  );
}
