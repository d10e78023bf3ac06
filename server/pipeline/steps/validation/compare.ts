import { getDomain } from 'tldts';
import type { Header } from '#shared/exchange.ts';
import { headerValue } from '#shared/exchange.ts';
import type { Outcome } from '#shared/report.ts';
import { findActive } from '../../../protection/match.ts';
import { readPage } from '../../../protection/read-page.ts';
import type { ClientAnswer } from '../../../clients/client.ts';
import { asAnswered } from './as-answered.ts';
import { compareShapes, parseJson, shapeOf } from './json-shape.ts';

export interface RecordedAnswer {
  status: number;
  mimeType: string;
  headers: readonly Header[];
  /** Null when the recording does not hold the body. */
  text: string | null;
}

export interface Comparison {
  outcome: Outcome;
  /** In words; names of fields at most, never a value. */
  reason: string;
  /** Another client would not change it: a person would have to solve something, or what was recorded is gone. */
  conclusive: boolean;
  /** The site asked to wait this long. */
  retryAfterMs: number | null;
}

const LOGIN_PATH =
  /(?:^|[/_-])(?:log-?in|sign-?in|sso|oauth2?|auth(?:orize|enticate|entication)?|session\/new)(?:[/_.-]|$)/i;
const LOGIN_TITLE = /\b(?:log ?in|sign ?in|anmelden|einloggen|connexion|iniciar sesi[oó]n|accedi)\b/i;
const REFUSING = new Set([405, 406, 412, 418, 444, 451, 493, 999]);
/** Fields that sites blank first. */
const VALUABLE = /price|amount|cost|stock|avail|qty|quantity|inventory|rating/i;
const SAME_FROM = 0.9;
const PARTIAL_FROM = 0.6;
const FEWER_BELOW = 0.25;
const SHORT_BELOW = 0.3;

const listed = (paths: readonly string[]): string =>
  `${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}`;

function retryAfter(headers: readonly Header[], now: number): number | null {
  const text = headerValue(headers, 'retry-after')?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

const siteOf = (url: URL): string => getDomain(url.hostname) ?? url.hostname;
const isHtml = (text: string): boolean => /^\s*<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 300));

function isLoginPage(text: string): boolean {
  const page = readPage(text);
  return (
    page.elements.some(
      ({ tag, attributes }) => tag === 'input' && attributes.get('type')?.toLowerCase() === 'password',
    ) || LOGIN_TITLE.test(page.title)
  );
}

type Verdict = Pick<Comparison, 'outcome' | 'reason'>;

function judgeRedirect(recorded: RecordedAnswer, answer: ClientAnswer, url: string): Verdict {
  const location = headerValue(answer.headers, 'location');
  if (location === undefined || !URL.canParse(location, url))
    return { outcome: 'different', reason: `answered ${answer.status} without saying where to` };
  const to = new URL(location, url);
  if (LOGIN_PATH.test(to.pathname)) return { outcome: 'login', reason: 'sent to a login page' };
  const then = headerValue(recorded.headers, 'location');
  if (recorded.status >= 300 && recorded.status < 400 && then !== undefined && URL.canParse(then, url)) {
    const before = new URL(then, url);
    if (before.host === to.host && before.pathname === to.pathname)
      return { outcome: 'same', reason: 'the same redirect as in the recording' };
  }
  return siteOf(to) === siteOf(new URL(url))
    ? { outcome: 'different', reason: 'redirected to another page of the site' }
    : { outcome: 'different', reason: 'redirected to another site' };
}

function judgeJson(recordedText: string, text: string): Verdict | null {
  const recorded = parseJson(recordedText);
  if (recorded === undefined) return null;
  const replayed = parseJson(text);
  if (replayed === undefined) {
    if (!isHtml(text)) return { outcome: 'soft-block', reason: 'an answer that is not JSON instead of JSON' };
    return isLoginPage(text)
      ? { outcome: 'login', reason: 'a login page instead of JSON' }
      : { outcome: 'soft-block', reason: 'a web page instead of JSON' };
  }
  const { coverage, missing, nulled, rows } = compareShapes(shapeOf(recorded), shapeOf(replayed));
  const share = `${Math.round(coverage * 100)} % of the recorded fields`;
  if (rows !== null && rows.then > 0 && rows.now === 0 && coverage >= PARTIAL_FROM)
    return { outcome: 'soft-block', reason: `an empty list at ${rows.path} where the recording has ${rows.then} rows` };
  const valuable = [...nulled, ...missing].some((path) => VALUABLE.test(path));
  if (coverage >= SAME_FROM && !valuable) {
    if (rows !== null && rows.then >= 4 && rows.now / rows.then < FEWER_BELOW)
      return { outcome: 'soft-block', reason: `only ${rows.now} of ${rows.then} rows at ${rows.path}` };
    const now = nulled.length === 0 ? '' : `; null now: ${listed(nulled)}`;
    return {
      outcome: 'same',
      reason: `${coverage === 1 ? 'the same fields as in the recording' : `${share} again`}${now}`,
    };
  }
  if (nulled.length > 0) return { outcome: 'soft-block', reason: `emptied fields: ${listed(nulled)}` };
  if (coverage >= PARTIAL_FROM) return { outcome: 'soft-block', reason: `missing fields: ${listed(missing)}` };
  return { outcome: 'different', reason: `only ${share}` };
}

function judgeSuccess(recorded: RecordedAnswer, answer: ClientAnswer, method: string): Verdict {
  const mimeType = (headerValue(answer.headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (method === 'HEAD' || recorded.text === null) {
    const same = mimeType === recorded.mimeType.toLowerCase() || mimeType === '';
    return same
      ? { outcome: 'same', reason: 'the same status and media type; the bodies were not compared' }
      : { outcome: 'different', reason: 'another media type than in the recording' };
  }
  if (answer.body.length === 0 && recorded.text !== '')
    return { outcome: 'soft-block', reason: `an empty answer with status ${answer.status}` };
  const text = Buffer.from(answer.body).toString('utf8');
  if (answer.truncated)
    return { outcome: 'different', reason: `an answer of more than ${answer.body.length} bytes, not compared` };
  const json = judgeJson(recorded.text, text);
  if (json !== null) return json;
  if (isHtml(text) && !isHtml(recorded.text))
    return isLoginPage(text)
      ? { outcome: 'login', reason: 'a login page instead of the data' }
      : { outcome: 'soft-block', reason: 'a web page instead of the data' };
  if (mimeType !== '' && recorded.mimeType !== '' && mimeType !== recorded.mimeType.toLowerCase())
    return { outcome: 'different', reason: 'another media type than in the recording' };
  if (isHtml(text) && isLoginPage(text) && !isLoginPage(recorded.text))
    return { outcome: 'login', reason: 'a login page instead of the page' };
  if (text.length < recorded.text.length * SHORT_BELOW)
    return { outcome: 'soft-block', reason: 'much shorter than in the recording' };
  return { outcome: 'same', reason: 'the same media type and about the same size' };
}

function judge(
  recorded: RecordedAnswer,
  answer: ClientAnswer,
  request: { method: string; url: string; needsAuth: boolean },
): Verdict {
  const { status } = answer;
  if (status === recorded.status && status >= 400)
    return { outcome: 'same', reason: `status ${status} as in the recording` };
  if (status === 401) return { outcome: 'login', reason: 'refused with 401: it wants a login' };
  if (status === 403)
    return request.needsAuth
      ? { outcome: 'login', reason: 'refused with 403 without the recorded credentials' }
      : { outcome: 'blocked', reason: 'refused with 403; nothing shows by what' };
  if (REFUSING.has(status)) return { outcome: 'blocked', reason: `refused with ${status}; nothing shows by what` };
  if (status >= 500) return { outcome: 'error', reason: `the site failed with ${status}` };
  if (status >= 400) return { outcome: 'different', reason: `answered ${status}; what was recorded may be gone` };
  if (status >= 300) return judgeRedirect(recorded, answer, request.url);
  if (
    status === 202 &&
    recorded.status !== 202 &&
    answer.body.length < 20_000 &&
    parseJson(Buffer.from(answer.body).toString('utf8')) === undefined
  )
    return { outcome: 'soft-block', reason: 'accepted (202) without the data' };
  return judgeSuccess(recorded, answer, request.method);
}

/**
 * Whether a replayed answer is what was recorded: markers of a protection first, then the status, then the shape of the data.
 * `needsAuth` says that credentials which the recording sent were left out.
 */
export function compareAnswers(
  recorded: RecordedAnswer,
  answer: ClientAnswer,
  request: { method: string; url: string; needsAuth: boolean },
  now: number,
): Comparison {
  const { status } = answer;
  const text = Buffer.from(answer.body).toString('utf8');
  const active = findActive(asAnswered({ url: request.url, headers: [] }, { status, headers: answer.headers, text }));
  const retryAfterMs = status === 429 || status === 503 ? retryAfter(answer.headers, now) : null;
  if (active !== null) {
    const word = active.kind === 'block' ? 'refused' : active.kind === 'captcha' ? 'asked for a CAPTCHA' : 'challenged';
    return {
      outcome: active.kind === 'block' ? 'blocked' : 'challenge',
      reason: `${word} by ${active.name} (${active.evidence}, status ${status})`,
      conclusive: active.kind === 'captcha' && active.severity === 4,
      retryAfterMs,
    };
  }
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    const wait = retryAfterMs === null ? '' : `; it asks to wait ${Math.ceil(retryAfterMs / 1_000)} s`;
    return {
      outcome: 'rate-limited',
      reason: `too many requests (${status})${wait}`,
      conclusive: false,
      retryAfterMs,
    };
  }
  const gone = (status === 404 || status === 410) && recorded.status !== status;
  return { ...judge(recorded, answer, request), conclusive: gone, retryAfterMs };
}
