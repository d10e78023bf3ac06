import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake answers to one request. */
export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** The text block of the message. */
  text?: string;
  stopReason?: string;
  /** Destroys the connection instead of answering. */
  hangUp?: boolean;
}

export interface SeenRequest {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

export interface FakeAnthropic {
  baseUrl: string;
  /** Every request in order, as it arrived. */
  requests: SeenRequest[];
  close: () => Promise<void>;
}

const REMOVED_PARAMETERS = ['temperature', 'top_p', 'top_k', 'output_format'];

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

/** What the API of 2026-10-21 would refuse; null when it would not. */
function findFault({ path, headers, body }: SeenRequest): string | null {
  if (!path.startsWith('/v1/messages')) return 'unknown path';
  if (headers['anthropic-version'] !== '2026-10-21') return 'anthropic-version is not 2026-10-21';
  const removed = REMOVED_PARAMETERS.find((name) => name in body);
  if (removed !== undefined) return `${removed} is not supported`;
  const messages = Array.isArray(body['messages']) ? (body['messages'] as { role?: string }[]) : [];
  if (messages.at(-1)?.role !== 'user') return 'the last message must be from the user';
  return typeof body['max_tokens'] === 'number' ? null : 'max_tokens is missing';
}

/** A server that speaks the Messages API as far as this program uses it, on loopback, answering what the test says. */
export async function startAnthropicServer(
  answer: (request: SeenRequest, count: number) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeAnthropic> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const seen: SeenRequest = { path: request.url ?? '', headers: request.headers, body: await readBody(request) };
      requests.push(seen);
      const fault = findFault(seen);
      const given: FakeAnswer = fault === null ? await answer(seen, requests.length) : { status: 400, text: fault };
      if (given.hangUp === true) {
        request.socket.destroy();
        return;
      }
      const status = given.status ?? 200;
      response.writeHead(status, { 'content-type': 'application/json', ...given.headers });
      if (status !== 200) {
        response.end(JSON.stringify({ type: 'error', error: { type: 'fake_error', message: given.text ?? 'fake' } }));
        return;
      }
      response.end(
        JSON.stringify({
          id: `msg_${requests.length}`,
          type: 'message',
          role: 'assistant',
          model: seen.body['model'],
          content: [
            { type: 'thinking', thinking: '', signature: 'fake' },
            { type: 'text', text: given.text ?? '', citations: null },
          ],
          stop_reason: given.stopReason ?? 'end_turn',
          stop_sequence: null,
          stop_details: null,
          usage: { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
        }),
      );
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
