import type { CaptureLine } from '../capture.ts';
import { TerseLog } from './terse-log.ts';

/** A small seeded generator, so that a failing order can be run again. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export const at = (path: string) => `https://shop.test${path}`;

/** A recording in which every order of the state machine occurs, several requests at a time. */
export function richLog(): CaptureLine[] {
  const log = new TerseLog().meta(at('/')).target('W', 'worker').target('SW', 'service_worker').target('O', 'iframe');
  log
    .sent('D', at('/'), { type: 'Document', loaderId: 'D', initiator: { type: 'other' } })
    .navigated('F1', 'D', at('/'));
  log.sentExtra('D', { cookie: 'a' }).response('D', at('/'), 200, { mimeType: 'text/html' }).finished('D');
  log.whole('1', at('/api/items'), '[1]').click('More').whole('2', at('/api/items?page=2'), '[2]');
  log.sent('3', at('/old')).sentExtra('3', { hop: '0' }).redirected('3', at('/old'), 302, at('/new'));
  log.responseExtra('3', 302, { location: '/new' }).sentExtra('3', { hop: '1' }).response('3', at('/new'), 200);
  log.responseExtra('3', 200, { 'x-hop': '1' }).finished('3').body('3', { data: 'new' });
  log
    .sent('4', at('/cached'))
    .servedFromCache('4')
    .response('4', at('/cached'), 200, {}, { hasExtraInfo: false })
    .finished('4');
  log
    .sent('5', at('/cors'))
    .responseExtra('5', 200, {})
    .failed('5', 'net::ERR_FAILED', { corsErrorStatus: { corsError: 'x' } });
  log.sent('6', at('/endless')).response('6', at('/endless'), 200).data('6', 2, btoa('ab'));
  log
    .on('W')
    .sent('7', at('/worker'))
    .on(undefined)
    .sentExtra('7', { w: '1' })
    .on('W')
    .response('7', at('/worker'), 200)
    .finished('7');
  log
    .on(undefined)
    .sent('8', at('/sw'))
    .on('SW')
    .sent('9', at('/sw'))
    .response('9', at('/sw'), 200)
    .finished('9')
    .on(undefined);
  log.response('8', at('/sw'), 200, { fromServiceWorker: true }, { hasExtraInfo: false }).finished('8');
  log
    .sent('4', at('/cached'))
    .servedFromCache('4')
    .response('4', at('/cached'), 200, {}, { hasExtraInfo: false })
    .finished('4');
  log.on('O').whole('10', at('/frame'), 'frame').on(undefined).response('11', at('/late'), 200).finished('11');
  log.sent('p', at('/put'), { initiator: { type: 'preflight', requestId: '12' } }, { method: 'OPTIONS' });
  log.sent('12', at('/put'), {}, { method: 'PUT', hasPostData: true }).body('12', { of: 'request', data: '{}' });
  log
    .response('12', at('/put'), 200)
    .finished('12')
    .navigated('F1', 'L9', at('/next'))
    .target('W', 'worker', { state: 'detached' });
  return log.lines;
}

const isExtra = (line: CaptureLine) => line.k === 'event' && line.m.endsWith('ExtraInfo');

/** Lines whose order among themselves a browser keeps: each request's own, its extras of one kind, and all the rest. */
export function trackOf(line: CaptureLine): string {
  if (line.k === 'body') return line.requestId;
  if (line.k !== 'event' || typeof line.p['requestId'] !== 'string') return '';
  return isExtra(line) ? `${line.m} ${line.p['requestId']}` : line.p['requestId'];
}

/** Another legal order: targets are announced first, everything else interleaves anew. */
export function interleave(lines: readonly CaptureLine[], random: (below: number) => number): CaptureLine[] {
  const [first, rest] = [
    lines.filter(({ k }) => k === 'target' || k === 'meta'),
    lines.filter(({ k }) => k !== 'target' && k !== 'meta'),
  ];
  const tracks = [...Map.groupBy(rest, trackOf).values()].map((track) => [...track]);
  const result: CaptureLine[] = [...first];
  while (tracks.length > 0) {
    const chosen = random(tracks.length);
    const line = tracks[chosen]?.shift();
    if (line === undefined) tracks.splice(chosen, 1);
    else result.push(line);
  }
  return result;
}
