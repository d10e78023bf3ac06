import type { BodyLoss } from '#shared/capture.ts';
import type { Exchange, Reduction } from '#shared/exchange.ts';
import type { CaptureFacts } from '../../artifacts.ts';

const LOSS_WORDS: Readonly<Record<BodyLoss, string>> = {
  evicted: 'the browser had already discarded the body',
  'lost-navigation': 'the page was left before the body could be read',
  'not-available': 'the body is not in the capture',
  redirect: 'a redirect has no readable body',
  preflight: 'a preflight has no body',
  cors: 'the browser blocked the answer (CORS)',
  'service-worker': 'answered by the page’s service worker',
  download: 'the answer was downloaded as a file',
  canceled: 'the request was canceled',
  'too-large': 'the body was too large',
  budget: 'the size budget of the recording was used up',
  policy: 'images, media, fonts and binary data are kept by size only',
  detached: 'the tab was closed or the recording ended',
  timeout: 'the body did not come in time',
  incomplete: 'the body was cut off',
  unknown: 'for a reason that is not known',
};

function countMissing(exchanges: readonly Exchange[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { response } of exchanges) {
    const reason = response === null ? 'no response' : response.body?.lost && LOSS_WORDS[response.body.lost];
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

const hasBody = ({ response }: Exchange): boolean =>
  response?.body?.text !== undefined || response?.body?.base64 !== undefined;

function originOf(url: string): string | null {
  try {
    const { origin } = new URL(url);
    return origin === 'null' ? null : origin;
  } catch {
    return null;
  }
}

/** What was looked at when nobody said: the first document that came, else the origin with the most requests. */
export function guessTarget(exchanges: readonly Exchange[]): string {
  const document = exchanges.find(
    ({ resourceType, response }) => resourceType === 'document' && response !== null && response.status < 400,
  );
  if (document !== undefined) return document.request.url;
  const counts = new Map<string, number>();
  for (const { request } of exchanges) {
    const origin = originOf(request.url);
    if (origin !== null) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined ? '' : `${most[0]}/`;
}

/** What the report says about the capture itself; values are still raw. */
export function gatherFacts(reduction: Reduction, scanTarget: string): Omit<CaptureFacts, 'replaced'> {
  const { exchanges, conversion, browserRequests } = reduction;
  const startedAt = reduction.startedAt === null ? Number.NaN : Date.parse(reduction.startedAt);
  return {
    targetUrl: scanTarget || reduction.targetUrl || guessTarget(exchanges),
    startedAt: Number.isNaN(startedAt) ? null : new Date(startedAt).toISOString(),
    actions: reduction.actions,
    completeness: {
      checked: browserRequests !== null,
      browserRequests,
      recorded: exchanges.length,
      withBody: exchanges.filter(hasBody).length,
      missing: countMissing(exchanges),
      gaps: reduction.gaps,
    },
    conversion,
  };
}
