import { expect, test } from 'vitest';
import { readAddress } from '../address.ts';
import { makeExchanges, type Sketch } from '../make-exchange.ts';
import { describeAuth, readCredentials } from './auth.ts';

const form = 'application/x-www-form-urlencoded';

test.each<[string, Partial<Sketch>, string[]]>([
  ['bearer', { headers: [['Authorization', 'Bearer rdx_abcdef']] }, ['bearer header authorization']],
  ['basic', { headers: [['authorization', 'Basic dXNlcjpw']] }, ['basic header authorization']],
  ['signed', { headers: [['authorization', 'AWS4-HMAC-SHA256 Credential=x']] }, ['signature header authorization']],
  ['an unknown scheme', { headers: [['authorization', 'rdx_abcdef']] }, ['api-key header authorization']],
  ['an API key', { headers: [['X-Api-Key', 'rdx_a']] }, ['api-key header x-api-key']],
  ['a private token', { headers: [['PRIVATE-TOKEN', 'rdx_a']] }, ['api-key header private-token']],
  ['a key in the query', { url: 'https://a.test/x?api_key=rdx_abcdef' }, ['api-key query api_key']],
  ['a signed address', { url: 'https://a.test/x?X-Amz-Signature=rdx_abcdef' }, ['signature query X-Amz-Signature']],
  ['cookies', { headers: [['Cookie', '_ga=1; sessionid=rdx_a; theme=dark']] }, ['cookie cookie sessionid']],
  [
    'CSRF header and cookie',
    {
      headers: [
        ['X-CSRF-Token', 'rdx_a'],
        ['cookie', 'csrftoken=rdx_a'],
      ],
    },
    ['csrf header x-csrf-token'],
  ],
  [
    'CSRF field',
    { method: 'POST', send: 'authenticity_token=rdx_abcdef', sendType: form },
    ['csrf body authenticity_token'],
  ],
  ['nothing', { headers: [['accept', '*/*']] }, ['none null null']],
])('%s', (_, sketch, expected) => {
  const [exchange] = makeExchanges([{ url: 'https://a.test/x', ...sketch }]);
  const address = readAddress(exchange?.request.url ?? '');
  const credentials = exchange === undefined || address === null ? [] : readCredentials(exchange, address);
  const found = describeAuth(exchange === undefined ? [] : [{ exchange, credentials }], () => null);
  expect(found.map(({ kind, in: place, name }) => `${kind} ${String(place)} ${String(name)}`)).toEqual(expected);
});
