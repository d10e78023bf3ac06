import type { BodyLine, CaptureLine } from '../capture.ts';

/** Wall-clock second and monotonic second at which every terse log begins. */
export const WALL_START = 1_700_000_000;
export const STAMP_START = 5_000;

type Fields = Record<string, unknown>;

/** Writes believable recordings in few words, for tests. Each call is one line, 10 ms after the one before. */
export class TerseLog {
  readonly lines: CaptureLine[] = [];
  #elapsedMs = 0;
  #session: string | undefined;

  /** The following lines come through this session. */
  on(session: string | undefined): this {
    this.#session = session;
    return this;
  }

  wait(ms: number): this {
    this.#elapsedMs += ms;
    return this;
  }

  #tick(): { t: number; timestamp: number; wallTime: number } {
    this.#elapsedMs += 10;
    const seconds = this.#elapsedMs / 1000;
    return { t: WALL_START * 1000 + this.#elapsedMs, timestamp: STAMP_START + seconds, wallTime: WALL_START + seconds };
  }

  get #at(): { s?: string } {
    return this.#session === undefined ? {} : { s: this.#session };
  }

  event(m: string, p: Fields, t = this.#tick().t): this {
    this.lines.push({ k: 'event', t, ...this.#at, m, p });
    return this;
  }

  meta(targetUrl: string): this {
    const startedAt = new Date(WALL_START * 1000).toISOString();
    const { t } = this.#tick();
    this.lines.push({ k: 'meta', t, format: 1, client: 'extension/0.0.0', browser: 'test', targetUrl, startedAt });
    return this;
  }

  target(s: string, type: string, fields: { parent?: string; state?: 'attached' | 'detached' } = {}): this {
    this.lines.push({ k: 'target', t: this.#tick().t, s, type, state: 'attached', ...fields });
    return this;
  }

  sent(requestId: string, url: string, fields: Fields = {}, request: Fields = {}): this {
    const { t, timestamp, wallTime } = this.#tick();
    const p = {
      requestId,
      loaderId: 'L1',
      frameId: 'F1',
      documentURL: 'https://shop.test/',
      type: 'Fetch',
      timestamp,
      wallTime,
      initiator: { type: 'script' },
      request: { url, method: 'GET', headers: {}, ...request },
      ...fields,
    };
    return this.event('Network.requestWillBeSent', p, t);
  }

  redirected(
    requestId: string,
    from: string,
    status: number,
    to: string,
    fields: Fields = {},
    request: Fields = {},
  ): this {
    const redirectResponse = { url: from, status, statusText: '', headers: {}, mimeType: '' };
    return this.sent(requestId, to, { redirectResponse, redirectHasExtraInfo: true, ...fields }, request);
  }

  sentExtra(requestId: string, headers: Fields): this {
    return this.event('Network.requestWillBeSentExtraInfo', { requestId, headers, associatedCookies: [] });
  }

  servedFromCache(requestId: string): this {
    return this.event('Network.requestServedFromCache', { requestId });
  }

  response(requestId: string, url: string, status: number, response: Fields = {}, fields: Fields = {}): this {
    const { t, timestamp } = this.#tick();
    const whole = { url, status, statusText: '', headers: {}, mimeType: 'application/json', ...response };
    const p = {
      requestId,
      loaderId: 'L1',
      frameId: 'F1',
      timestamp,
      type: 'Fetch',
      hasExtraInfo: true,
      response: whole,
      ...fields,
    };
    return this.event('Network.responseReceived', p, t);
  }

  responseExtra(requestId: string, statusCode: number, headers: Fields, fields: Fields = {}): this {
    return this.event('Network.responseReceivedExtraInfo', { requestId, statusCode, headers, ...fields });
  }

  data(requestId: string, dataLength: number, data?: string): this {
    const { t, timestamp } = this.#tick();
    return this.event(
      'Network.dataReceived',
      { requestId, timestamp, dataLength, ...(data === undefined ? {} : { data }) },
      t,
    );
  }

  finished(requestId: string): this {
    const { t, timestamp } = this.#tick();
    return this.event('Network.loadingFinished', { requestId, timestamp, encodedDataLength: 100 }, t);
  }

  failed(requestId: string, errorText: string, fields: Fields = {}): this {
    const { t, timestamp } = this.#tick();
    return this.event('Network.loadingFailed', { requestId, timestamp, errorText, type: 'Fetch', ...fields }, t);
  }

  body(requestId: string, line: Partial<BodyLine>): this {
    const data = line.data;
    const known = { of: 'response' as const, part: 0, parts: 1, base64: false, bytes: data?.length ?? 0 };
    this.lines.push({ k: 'body', t: this.#tick().t, ...this.#at, requestId, ...known, ...line });
    return this;
  }

  navigated(frameId: string, loaderId: string, url: string, fields: Fields = {}): this {
    return this.event('Page.frameNavigated', { frame: { id: frameId, loaderId, url, ...fields }, type: 'Navigation' });
  }

  click(name: string, url = 'https://shop.test/'): this {
    const element = { role: 'button', name, path: 'button' };
    this.lines.push({ k: 'action', t: this.#tick().t, type: 'click', element, url });
    return this;
  }

  /** A request that goes as well as it can: sending, headers both ways, answer, end, body. */
  whole(requestId: string, url: string, body: string, fields: Fields = {}): this {
    return this.sent(requestId, url, fields)
      .sentExtra(requestId, { accept: '*/*', cookie: `id=${requestId}` })
      .responseExtra(requestId, 200, { 'content-type': 'application/json', 'set-cookie': `a=${requestId}\nb=2` })
      .response(requestId, url, 200)
      .finished(requestId)
      .body(requestId, { data: body });
  }
}
