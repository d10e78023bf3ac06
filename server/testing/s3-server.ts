import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { receiveBody } from './s3/receive-body.ts';
import { S3Error, verifySignature, type S3Credentials } from './s3/sigv4.ts';

export interface S3ServerOptions extends S3Credentials {
  buckets: readonly string[];
  /** Keys that SSE-KMS may name. */
  kmsKeys?: readonly string[];
  /** Keys per page of a listing. */
  pageSize?: number;
}

interface StoredObject {
  bytes: Buffer;
  etag: string;
  modifiedAt: Date;
  encryption: Record<string, string>;
}

export interface S3Server {
  url: string;
  /** Answers the next `times` requests (all, when absent) with this status and code, until called with null. */
  fail: (answer: { status: number; code: string } | null, times?: number) => void;
  /** Headers of the last object stored under a key. */
  encryptionOf: (bucket: string, key: string) => Record<string, string>;
  close: () => Promise<void>;
}

interface Context {
  options: S3ServerOptions;
  objects: Map<string, StoredObject>;
}

interface Target {
  bucket: string;
  key: string;
  query: URLSearchParams;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

const send = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  body: string | Buffer,
) => {
  response.writeHead(status, { 'x-amz-request-id': 'local', 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
};
const sendXml = (response: ServerResponse, status: number, xml: string) =>
  send(response, status, { 'content-type': 'application/xml' }, `<?xml version="1.0" encoding="UTF-8"?>${xml}`);

function encryptionFrom({ options }: Context, request: IncomingMessage): Record<string, string> {
  const kind = request.headers['x-amz-server-side-encryption'];
  if (typeof kind !== 'string') return {};
  const key = request.headers['x-amz-server-side-encryption-aws-kms-key-id'];
  if (kind !== 'aws:kms') return { 'x-amz-server-side-encryption': kind };
  if (typeof key !== 'string' || !options.kmsKeys?.includes(key)) throw new S3Error('KMS.NotFoundException', 400);
  return { 'x-amz-server-side-encryption': kind, 'x-amz-server-side-encryption-aws-kms-key-id': key };
}

function sendList({ options, objects }: Context, { bucket, query }: Target, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const size = Math.min(Number(query.get('max-keys') ?? 1000), options.pageSize ?? 1000);
  const keys = [...objects.keys()]
    .filter((id) => id.startsWith(`${bucket}/${prefix}`))
    .map((id) => id.slice(bucket.length + 1))
    .filter((key) => key > after)
    .sort();
  const page = keys.slice(0, size);
  const truncated = keys.length > page.length;
  const contents = page.map((key) => {
    const object = objects.get(`${bucket}/${key}`);
    return `<Contents><Key>${escapeXml(key)}</Key><LastModified>${object?.modifiedAt.toISOString()}</LastModified><ETag>${escapeXml(object?.etag ?? '')}</ETag><Size>${object?.bytes.length ?? 0}</Size></Contents>`;
  });
  const next = truncated ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? '')}</NextContinuationToken>` : '';
  sendXml(
    response,
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><KeyCount>${page.length}</KeyCount><IsTruncated>${truncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  );
}

function sendObject(object: StoredObject, request: IncomingMessage, response: ServerResponse): void {
  const headers = { etag: object.etag, 'last-modified': object.modifiedAt.toUTCString(), ...object.encryption };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) {
    send(response, 200, { ...headers, 'accept-ranges': 'bytes' }, object.bytes);
    return;
  }
  const from = Number(range[1]);
  const to = range[2] ? Math.min(Number(range[2]), object.bytes.length - 1) : object.bytes.length - 1;
  if (from > to) throw new S3Error('InvalidRange', 416);
  const part = object.bytes.subarray(from, to + 1);
  send(response, 206, { ...headers, 'content-range': `bytes ${from}-${to}/${object.bytes.length}` }, part);
}

async function answerKey(
  context: Context,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
  payload: string,
): Promise<void> {
  const id = `${target.bucket}/${target.key}`;
  const { objects } = context;
  if (request.method === 'PUT') {
    if (request.headers['if-none-match'] === '*' && objects.has(id)) throw new S3Error('PreconditionFailed', 412);
    const encryption = encryptionFrom(context, request);
    const bytes = await receiveBody(request, payload);
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    objects.set(id, { bytes, etag, modifiedAt: new Date(), encryption });
    send(response, 200, { etag, ...encryption }, '');
    return;
  }
  if (request.method === 'DELETE') {
    objects.delete(id);
    response.writeHead(204).end();
    return;
  }
  const object = objects.get(id);
  if (!object) throw new S3Error('NoSuchKey', 404);
  if (request.method === 'HEAD') {
    const { length } = object.bytes;
    response.writeHead(200, { 'content-length': length, etag: object.etag, ...object.encryption }).end();
  } else if (request.method === 'GET') sendObject(object, request, response);
  else throw new S3Error('MethodNotAllowed', 405);
}

async function answer(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const { payload } = verifySignature(
    { method: request.method ?? 'GET', url, headers: request.headers, now: new Date() },
    context.options,
  );
  const [, bucket = '', ...rest] = url.pathname.split('/');
  const target = { bucket, key: decodeURIComponent(rest.join('/')), query: url.searchParams };
  if (!context.options.buckets.includes(bucket)) throw new S3Error('NoSuchBucket', 404);
  if (target.key) await answerKey(context, target, request, response, payload);
  else if (request.method === 'GET') sendList(context, target, response);
  else if (request.method === 'HEAD') response.writeHead(200).end();
  else throw new S3Error('MethodNotAllowed', 405);
}

/**
 * An S3 on loopback that keeps objects in memory and believes nothing: it checks signatures, lengths, checksums and key names
 * as Amazon does, pages its listings and answers errors in the protocol's own words.
 */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const context: Context = { options, objects: new Map() };
  let failing: { status: number; code: string } | null = null;
  let failures = 0;
  const server = createServer((request, response) => {
    const refuse = (error: unknown) => {
      const known = error instanceof S3Error ? error : new S3Error('InternalError', 500);
      request.resume();
      if (response.headersSent) response.destroy();
      else if (request.method === 'HEAD') response.writeHead(known.status).end();
      else sendXml(response, known.status, `<Error><Code>${known.code}</Code><Message>${known.code}</Message></Error>`);
    };
    if (failing && failures-- > 0) refuse(new S3Error(failing.code, failing.status));
    else answer(context, request, response).catch(refuse);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the S3 server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    fail: (next, times = Infinity) => {
      failing = next;
      failures = times;
    },
    encryptionOf: (bucket, key) => context.objects.get(`${bucket}/${key}`)?.encryption ?? {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
