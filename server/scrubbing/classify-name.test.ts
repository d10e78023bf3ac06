import { describe, expect, it } from 'vitest';
import { classifyName, classifyPersonName, splitName } from './classify-name.ts';

describe('classifyName', () => {
  it('splits names of every convention into words', () => {
    expect(splitName('X-Amz-Security-Token')).toEqual(['x', 'amz', 'security', 'token']);
    expect(splitName('user[accessToken]')).toEqual(['user', 'access', 'token']);
    expect(splitName('SAMLResponse')).toEqual(['saml', 'response']);
    expect(splitName('OAuthCode')).toEqual(['oauth', 'code']);
  });

  const secret: [string, string][] = [
    ['password', 'password'],
    ['userPassword', 'password'],
    ['contraseña', 'password'],
    ['пароль', 'password'],
    ['X-Plex-Token', 'token'],
    ['__Host-next-auth.session-token', 'token'],
    ['clientsecret', 'secret'],
    ['signingKey', 'api-key'],
    ['x-functions-key', 'api-key'],
    ['connectionString', 'connection-string'],
    ['JSESSIONID', 'session'],
    ['recoveryCodes', 'otp'],
    ['pin', 'otp'],
    ['code_verifier', 'code'],
    ['X-Amz-Signature', 'signature'],
    ['csrfmiddlewaretoken', 'csrf'],
    ['passportNumber', 'national-id'],
  ];
  it.each(secret)('%s is secret', (name, type) => {
    expect(classifyName(name)?.type).toBe(type);
  });

  it.each([
    'author',
    'authority',
    'keyboard',
    'keywords',
    'tokens_used',
    'nextPageToken',
    'continuation_token',
    'token_type',
    'token_endpoint',
    'expires_in',
    'passenger',
    'compass',
    'secretary',
    'spin',
    'pinned',
    'publicKey',
    'primary_key',
    'sort_key',
    'etag',
    'passwordLabel',
    'sessionCount',
    'signature_required',
    'x-request-id',
    'idempotency-key',
  ])('%s says nothing', (name) => {
    expect(classifyName(name)).toBeNull();
  });

  it('takes everyday names for personal data only under a person', () => {
    expect(classifyPersonName('name', 'user', false)?.type).toBe('name');
    expect(classifyPersonName('name', 'product', false)).toBeNull();
    expect(classifyPersonName('latitude', 'store', false)).toBeNull();
    expect(classifyPersonName('lat', null, true)?.type).toBe('location');
  });
});
