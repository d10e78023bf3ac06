import type { Header } from '#shared/exchange.ts';

/** One request as it is to be sent: nothing is added that the client does not add by nature. */
export interface ClientRequest {
  method: 'GET' | 'HEAD';
  url: string;
  /** In the order in which they are sent; pseudo, hop-by-hop, length and host headers are not among them. */
  headers: readonly Header[];
  /** Decoded bytes after which the body is cut off and `truncated` says so. */
  maxBodyBytes: number;
  timeoutMs: number;
  /** PEM file of certificate authorities to trust besides the public ones; null for none. */
  caFile: string | null;
}

export interface ClientAnswer {
  ok: true;
  status: number;
  headers: Header[];
  /** Decoded. */
  body: Uint8Array;
  truncated: boolean;
  /** `1.1` or `2`, when the client knows. */
  httpVersion: string | null;
  durationMs: number;
}

/** Why there is no answer. `proxy` is the egress guard: what it decided is the truth about why. */
export type FailureKind = 'timeout' | 'aborted' | 'proxy' | 'tls' | 'connect' | 'protocol';
export interface ClientFailure {
  ok: false;
  kind: FailureKind;
  /** For people; names no credential, header or body. */
  message: string;
  durationMs: number;
}
export type ClientResult = ClientAnswer | ClientFailure;

/** An ordinary HTTP client that a developer could use as it is. Redirects are answers, never followed. */
export interface HttpClient {
  id: string;
  name: string;
  /** What it looks like from outside, in one line. */
  looksLike: string;
  protocols: readonly ('http/1.1' | 'h2')[];
  /** Everything goes through `proxyUrl`; environment variables about proxies have no say. Never throws for a failed request. */
  request(request: ClientRequest, proxyUrl: string, signal: AbortSignal): Promise<ClientResult>;
  /** Whether this machine has what it needs. */
  available(): Promise<boolean>;
  /** Ends what it keeps running; it may be used again afterwards. */
  close(): Promise<void>;
}
