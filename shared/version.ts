/** The one version of server, extension and command line; equal to `version` in package.json (a test compares them). */
export const VERSION = '0.3.0';
/** Clients older than this get 410 from `POST /scans` (a recording under way may still finish). */
export const MIN_CLIENT = '0.3.0';
/** Version of the capture format written in the `meta` line of segment 0. */
export const CAPTURE_FORMAT = 1;
/** Every request of a client carries `X-Recon-Client: <name>/<semver>`. */
export const CLIENT_HEADER = 'X-Recon-Client';
/** Id of the extension when it is loaded unpacked or from its package; it follows from `key` in `wxt.config.ts`. */
export const EXTENSION_ID = 'pbkfdhkdlleiccdnifmbdcldahjinhca';

const parts = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Orders two dotted versions: negative when `a` is older than `b`, 0 when equal, positive when newer. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
