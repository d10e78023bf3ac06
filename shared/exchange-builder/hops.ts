import type { BodyLine } from '../capture.ts';
import { alignExtras, type RequestExtra, type ResponseExtra } from './extra-info.ts';
import type { Params, ResponseInfo } from './protocol.ts';
import type { RequestLog, Round } from './request-log.ts';

type Sent = Params<'Network.requestWillBeSent'>;

/** One redirect hop with all that belongs to it. */
interface Hop {
  readonly round: Round;
  readonly roundIndex: number;
  readonly index: number;
  readonly last: boolean;
  readonly sent: Sent | null;
  /** What came back: the answer of the last hop, or the redirect that ended an earlier one. */
  readonly response: ResponseInfo | null;
  /** Whether the browser says that ExtraInfo comes; undefined when it does not say. */
  readonly announced: boolean | undefined;
  readonly url: string | undefined;
  /** Monotonic seconds at which the hop ended. */
  readonly endStamp: number | undefined;
}

/** A hop with what came outside its own order. */
export interface WholeHop extends Hop {
  readonly url: string;
  readonly requestExtra: RequestExtra | null;
  readonly responseExtra: ResponseExtra | null;
  readonly requestBodies: readonly BodyLine[];
  readonly responseBodies: readonly BodyLine[];
}

/** Body text, in characters, that answers of the memory cache repeat at most for one request id. */
const REPEATED_CHARS = 2_000_000;

function isHeadMissing(round: Round): boolean {
  return round.sent.length === 0 || round.sent[0]?.redirectResponse !== undefined;
}

function hopsOf(round: Round, roundIndex: number): Hop[] {
  const sends: (Sent | null)[] = isHeadMissing(round) ? [null, ...round.sent] : [...round.sent];
  return sends.map((sent, index) => {
    const next = sends[index + 1] ?? null;
    const response = (next === null ? round.received?.response : next.redirectResponse) ?? null;
    return {
      round,
      roundIndex,
      index,
      last: next === null,
      sent,
      response,
      announced: next === null ? round.received?.hasExtraInfo : next.redirectHasExtraInfo,
      url: sent?.request.url ?? response?.url,
      endStamp: next === null ? (round.finished ?? round.failed)?.timestamp : next.timestamp,
    };
  });
}

/** All hops of all rounds. Only rounds that went to the network have extras; bodies are of the request id, so of every round. */
export function splitHops(log: RequestLog): WholeHop[] {
  const hops = log.rounds.flatMap(hopsOf);
  const onNetwork = hops.filter(({ round }) => !round.servedFromCache);
  const headMissing = log.rounds[0] !== undefined && isHeadMissing(log.rounds[0]);
  const positions = new Map(onNetwork.map((hop, at) => [hop, at]));
  const announced = onNetwork.map((hop) => hop.announced);
  const requestExtras = alignExtras(log.requestExtras, announced, headMissing);
  const responseExtras = alignExtras(log.responseExtras, announced, headMissing);
  const bodies = Map.groupBy(log.bodies, (line) => `${line.of} ${line.hop ?? 'last'}`);
  const bodiesOf = (of: string, hop: Hop) => [
    ...(bodies.get(`${of} ${hop.index}`) ?? []),
    ...(hop.last ? (bodies.get(`${of} last`) ?? []) : []),
  ];
  const chars = log.bodies.reduce((sum, line) => sum + (line.data?.length ?? 0), 0);
  const repeat = chars * log.rounds.length <= REPEATED_CHARS;
  return hops.flatMap((hop) => {
    const { url } = hop;
    if (url === undefined || url === '') return [];
    const at = positions.get(hop) ?? -1;
    const hasBodies = hop.roundIndex === 0 || repeat;
    return [
      {
        ...hop,
        url,
        requestExtra: requestExtras[at] ?? null,
        responseExtra: responseExtras[at] ?? null,
        requestBodies: hasBodies ? bodiesOf('request', hop) : [],
        responseBodies: hasBodies ? bodiesOf('response', hop) : [],
      },
    ];
  });
}
