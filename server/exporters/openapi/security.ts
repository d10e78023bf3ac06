import type { Auth, EndpointFacts, Report } from '#shared/report.ts';
import { answersAnonymously } from '../code/credentials.ts';

export type SecurityScheme =
  | { type: 'http'; scheme: 'bearer' | 'basic'; description?: string }
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; description?: string };

const MEANING: Record<Auth['kind'], string> = {
  none: '',
  bearer: 'A token in the Authorization header.',
  basic: 'User and password in the Authorization header.',
  'api-key': 'A key of the caller.',
  cookie: 'The cookie of a session.',
  csrf: 'A token that the site gives out against forged requests.',
  signature: 'Made by the code of the page for each request.',
};

function toScheme(auth: Auth): [string, SecurityScheme] | null {
  if (auth.kind === 'none') return null;
  const description = MEANING[auth.kind];
  if (auth.kind === 'bearer' || auth.kind === 'basic')
    return [auth.kind, { type: 'http', scheme: auth.kind, description }];
  const place = auth.in ?? (auth.kind === 'cookie' ? 'cookie' : null);
  if (place === null || place === 'body' || auth.name === null || auth.name === '') return null;
  const key = `${auth.kind}-${place}-${auth.name}`.replace(/[^A-Za-z0-9._-]/g, '_');
  return [key, { type: 'apiKey', in: place, name: auth.name, description }];
}

/** What an operation needs, and the schemes it names; an endpoint that answered without a session says so with `{}`. */
export function describeSecurity(
  endpoints: readonly EndpointFacts[],
  report: Pick<Report, 'validation'>,
): { security: Record<string, string[]>[]; schemes: Map<string, SecurityScheme> } {
  const schemes = new Map<string, SecurityScheme>();
  const alternatives = new Map<string, Record<string, string[]>>();
  for (const endpoint of endpoints) {
    const own = endpoint.auth.map(toScheme).filter((item) => item !== null);
    for (const [key, scheme] of own) schemes.set(key, scheme);
    const need = Object.fromEntries(own.map(([key]) => [key, []]));
    alternatives.set(JSON.stringify(Object.keys(need).sort()), need);
    if (answersAnonymously(endpoint, report)) alternatives.set('[]', {});
  }
  const security = [...alternatives.values()];
  return { security: security.every((need) => Object.keys(need).length === 0) ? [] : security, schemes };
}
