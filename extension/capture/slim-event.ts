/** Longest text of one message or data chunk in an event, in characters. */
const LONGEST_TEXT = 500_000;
/** What is kept of an address that holds its own content. */
const DATA_URL_CHARS = 100;

export interface SlimEvent {
  params: Record<string, unknown>;
  /** A message was longer than a line may be, and was cut. */
  cut: boolean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function slimUrl(holder: unknown): unknown {
  if (!isRecord(holder) || typeof holder['url'] !== 'string' || !holder['url'].startsWith('data:')) return holder;
  const head = holder['url'].slice(0, DATA_URL_CHARS);
  return { ...holder, url: head.includes(',') ? head.slice(0, head.indexOf(',') + 1) : `${head},` };
}

/** Leaves away what only takes room: chunks nobody asked to stream, the content of data: addresses, and the end of huge messages. */
export function slimEvent(method: string, params: Record<string, unknown>, streamed: boolean): SlimEvent {
  switch (method) {
    case 'Network.dataReceived': {
      if (streamed) return cutText(params, 'data');
      const { data: _data, ...rest } = params;
      return { params: rest, cut: false };
    }
    case 'Network.requestWillBeSent':
      return { params: { ...params, request: slimUrl(params['request']) }, cut: false };
    case 'Network.responseReceived':
      return { params: { ...params, response: slimUrl(params['response']) }, cut: false };
    case 'Network.webSocketFrameSent':
    case 'Network.webSocketFrameReceived': {
      const { response } = params;
      if (!isRecord(response)) return { params, cut: false };
      const slim = cutText(response, 'payloadData');
      return { params: { ...params, response: slim.params }, cut: slim.cut };
    }
    case 'Network.eventSourceMessageReceived':
      return cutText(params, 'data');
    default:
      return { params, cut: false };
  }
}

function cutText(holder: Record<string, unknown>, name: string): SlimEvent {
  const text = holder[name];
  if (typeof text !== 'string' || text.length <= LONGEST_TEXT) return { params: holder, cut: false };
  // A multiple of four keeps base64 readable.
  return { params: { ...holder, [name]: text.slice(0, LONGEST_TEXT) }, cut: true };
}
