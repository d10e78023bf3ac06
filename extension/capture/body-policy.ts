import type { BodyLoss } from '#shared/capture.ts';
import type { TrackedRequest } from './tracked-request.ts';

/** `fetch`: record the body. `hash`: record hash and size only. `skip`: say why it is not recorded. `none`: there is no body. */
export type BodyDecision = { do: 'fetch' | 'hash' | 'none' } | { do: 'skip'; why: BodyLoss; detail: string };

/** Lower goes first: documents and data, then scripts, then the rest, then what is only hashed. */
export type Priority = 0 | 1 | 2 | 3;

const DATA = new Set(['Document', 'XHR', 'Fetch', 'EventSource']);
const HASHED_TYPES = new Set(['Image', 'Media', 'Font']);
const HASHED_MIME = /^(image|audio|video|font)\//;
/** Larger media are not even read for their hash. */
const HASH_BYTES = 5_000_000;
export const LARGEST_BODY_BYTES = 24_000_000;
const EMPTY_STATUSES = new Set([204, 205]);

/** Shares of the size limit from which bodies of a priority are no longer recorded. */
const BUDGET: Readonly<Record<Priority, number>> = { 0: 0.97, 1: 0.9, 2: 0.8, 3: 0.97 };

type Facts = Pick<TrackedRequest, 'mimeType' | 'receivedBytes'> & {
  row: Pick<TrackedRequest['row'], 'resourceType' | 'method' | 'status'>;
};

function isHashed({ row, mimeType }: Facts): boolean {
  return HASHED_TYPES.has(row.resourceType) || HASHED_MIME.test(mimeType);
}

export function priorityOf(request: Facts): Priority {
  if (isHashed(request)) return 3;
  if (DATA.has(request.row.resourceType)) return 0;
  return request.row.resourceType === 'Script' ? 1 : 2;
}

/** What to do about a body; `budgetUsed` is the share of the size limit that the recording has used. */
export function decideBody(request: Facts, budgetUsed: number): BodyDecision {
  const { row, receivedBytes } = request;
  if (row.method === 'HEAD' || EMPTY_STATUSES.has(row.status ?? 0) || row.resourceType === 'Preflight')
    return { do: 'none' };
  const hashed = isHashed(request);
  if (hashed && receivedBytes > HASH_BYTES) {
    return { do: 'skip', why: 'policy', detail: 'Images, media and fonts are recorded by size only.' };
  }
  if (receivedBytes > LARGEST_BODY_BYTES) {
    return {
      do: 'skip',
      why: 'too-large',
      detail: `Bodies over ${LARGEST_BODY_BYTES / 1_000_000} MB are not recorded.`,
    };
  }
  if (budgetUsed >= BUDGET[priorityOf(request)]) {
    return { do: 'skip', why: 'budget', detail: 'The size limit of a recording is near.' };
  }
  return { do: hashed ? 'hash' : 'fetch' };
}

/** Reads why the browser gave no body. */
export function readBodyLoss(failure: string, message: string, request: TrackedRequest): BodyLoss {
  if (failure === 'timeout') return 'timeout';
  if (/evicted/i.test(message)) return 'evicted';
  if (request.fromServiceWorker) return 'service-worker';
  if (failure === 'gone') return 'detached';
  if (request.canceled) return 'canceled';
  if (request.failed) return 'incomplete';
  return 'not-available';
}

const LOSS_WORDS: Readonly<Record<BodyLoss, string>> = {
  evicted: 'The browser had to drop the body before it could be read.',
  'lost-navigation': 'The page navigated away before the body could be read.',
  'not-available': 'The browser does not give this body.',
  redirect: 'A redirect has no body.',
  preflight: 'A preflight has no body.',
  cors: 'The browser withheld the answer from the page (CORS).',
  'service-worker': "Answered by the page's own service worker.",
  download: 'A download goes to a file, not to the page.',
  canceled: 'The page cancelled the request.',
  'too-large': 'The body is too large to be recorded.',
  budget: 'Left out because the size limit is near.',
  policy: 'Images, media and fonts are recorded by size only.',
  detached: 'Its frame, worker or tab was closed before the body could be read.',
  timeout: 'The browser did not answer in time.',
  incomplete: 'The answer never came to its end.',
  unknown: 'The body is missing.',
};

export function lossInWords(loss: BodyLoss): string {
  return LOSS_WORDS[loss];
}
