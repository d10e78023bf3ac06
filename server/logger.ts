import { pino, type DestinationStream } from 'pino';
import { isAppError } from './errors.ts';

/**
 * What a log line may say. The list is closed, so a header, a body or a captured value has no field to go into; `message`
 * is a constant of this program.
 */
export interface LogFields {
  requestId?: string;
  method?: string;
  /** The route's pattern, never the address asked for. */
  route?: string;
  status?: number;
  durationMs?: number;
  bytes?: number;
  client?: string;
  accountId?: string;
  keyId?: string;
  scanId?: string;
  step?: string;
  stepStatus?: string;
  jobId?: string;
  attempt?: number;
  count?: number;
  role?: string;
  port?: number;
  code?: string;
  host?: string;
  reason?: string;
  error?: unknown;
}

export interface Logger {
  info: (message: string, fields?: LogFields) => void;
  warn: (message: string, fields?: LogFields) => void;
  error: (message: string, fields?: LogFields) => void;
}

const CREDENTIAL = /rec_live_[0-9A-Za-z]+(?:_[0-9A-Za-z]+)?|\b(?:Bearer|Basic)\s+\S+|\/\/[^\s/@]+:[^\s/@]+@/gi;
const MAX_TEXT = 500;
const clean = (text: string): string => text.replace(CREDENTIAL, '[credential]').slice(0, MAX_TEXT);

/**
 * An error without what it may quote: the messages of parsers and drivers repeat their input, so only our own are kept, and of
 * the others the class, the system code and the frames.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return {
    name: error.name,
    ...(isAppError(error) ? { code: error.code, message: clean(error.message) } : {}),
    ...(!isAppError(error) && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    frames,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

const toLine = (fields: LogFields = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      name === 'error' ? describeError(value) : typeof value === 'string' ? clean(value) : value,
    ]),
  );

/** One JSON line per call on stderr (or `destination`); stdout is kept for what a caller reads. */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  const sink = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, fields) => sink.info(toLine(fields), message),
    warn: (message, fields) => sink.warn(toLine(fields), message),
    error: (message, fields) => sink.error(toLine(fields), message),
  };
}
