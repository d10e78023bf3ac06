import { expect, test } from 'vitest';
import { readAddress } from '../address.ts';
import { createBodyReader } from '../body-reading.ts';
import { makeExchanges, type Sketch } from '../make-exchange.ts';
import { readRpc } from './rpc.ts';

const form = 'application/x-www-form-urlencoded';

test.each<[string, Sketch, string[]]>([
  [
    'JSON-RPC',
    { method: 'POST', url: 'https://a.test/rpc', send: { jsonrpc: '2.0', method: 'eth_call', params: [], id: 1 } },
    ['eth_call'],
  ],
  [
    'a batch',
    {
      method: 'POST',
      url: 'https://a.test/rpc',
      send: [
        { jsonrpc: '2.0', method: 'a.b' },
        { jsonrpc: '2.0', method: 'a.c' },
      ],
    },
    ['a.b', 'a.c'],
  ],
  [
    'method and params',
    { method: 'POST', url: 'https://a.test/rpc', send: { method: 'getItems', params: {} } },
    ['getItems'],
  ],
  [
    'an AWS target',
    { method: 'POST', url: 'https://a.test/', headers: [['X-Amz-Target', 'Dynamo_1.GetItem']], send: {} },
    ['Dynamo_1.GetItem'],
  ],
  [
    'an AWS action',
    { method: 'POST', url: 'https://a.test/', send: 'Action=ListQueues&Version=2012-11-05', sendType: form },
    ['ListQueues'],
  ],
  [
    'SOAP',
    {
      method: 'POST',
      url: 'https://a.test/ws',
      headers: [['SOAPAction', '"http://x.test/GetPrice"']],
      send: '<a/>',
      sendType: 'text/xml',
    },
    ['GetPrice'],
  ],
  ['a script with an action', { url: 'https://a.test/admin-ajax.php?action=load_more' }, ['load_more']],
  [
    'a form with a payment method',
    { method: 'POST', url: 'https://a.test/pay', send: { method: 'card', amount: 1 } },
    [],
  ],
  ['a filter called action', { url: 'https://a.test/events?action=push' }, []],
])('%s', (_, sketch, methods) => {
  const [exchange] = makeExchanges([sketch]);
  const address = readAddress(sketch.url);
  expect(exchange !== undefined && address !== null ? readRpc(exchange, address, createBodyReader()) : null).toEqual(
    methods,
  );
});
