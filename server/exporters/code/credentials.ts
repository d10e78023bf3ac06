import type { Auth, EndpointFacts, Report } from '#shared/report.ts';
import { splitWords } from './identifiers.ts';

/** A credential the caller brings; generated code reads it from the environment and never holds it. */
export interface Credential {
  env: string;
  send: 'header' | 'query' | 'cookie';
  name: string;
  /** Put before the value (`Bearer `). */
  prefix: string;
  hint: string;
}

const upper = (name: string, fallback: string): string => {
  const words = splitWords(name);
  const joined = words.join('_').toUpperCase();
  return joined === '' || /^\d/.test(joined) ? fallback : joined;
};

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function toCredential(auth: Auth): Credential | null {
  const name = auth.name ?? '';
  switch (auth.kind) {
    case 'none':
    case 'signature':
      return null;
    case 'bearer':
      return {
        env: 'API_TOKEN',
        send: 'header',
        name: 'Authorization',
        prefix: 'Bearer ',
        hint: 'the bearer token, without the word Bearer',
      };
    case 'basic':
      return {
        env: 'API_BASIC',
        send: 'header',
        name: 'Authorization',
        prefix: 'Basic ',
        hint: 'user:password in Base64',
      };
    case 'cookie':
      return {
        env: 'API_COOKIE',
        send: 'header',
        name: 'Cookie',
        prefix: '',
        hint: 'the Cookie header of your own log-in',
      };
    case 'csrf':
    case 'api-key': {
      if (name === '') return null;
      if (auth.in === 'cookie') return toCredential({ ...auth, kind: 'cookie' });
      if (auth.in === 'body' || auth.in === null) return null;
      if (auth.in === 'header' && !HEADER_NAME.test(name)) return null;
      const fallback = auth.kind === 'csrf' ? 'CSRF_TOKEN' : 'API_KEY';
      const words = upper(name, fallback);
      return {
        env: words === 'PATH' || words === 'HOME' ? fallback : words,
        send: auth.in,
        name,
        prefix: '',
        hint: auth.kind === 'csrf' ? 'the token that the site gives out against forged requests' : 'your API key',
      };
    }
  }
}

/** Whether a replay showed that the endpoint answers without any session. */
export function answersAnonymously(endpoint: Pick<EndpointFacts, 'id'>, report: Pick<Report, 'validation'>): boolean {
  return report.validation.sufficient.some((item) => item.endpoint === endpoint.id && item.needsSession === false);
}

export function listCredentials(endpoint: EndpointFacts, report: Pick<Report, 'validation'>): Credential[] {
  if (answersAnonymously(endpoint, report)) return [];
  const found = new Map<string, Credential>();
  for (const auth of endpoint.auth) {
    const credential = toCredential(auth);
    if (credential) found.set(`${credential.send}:${credential.name.toLowerCase()}`, credential);
  }
  return [...found.values()];
}
