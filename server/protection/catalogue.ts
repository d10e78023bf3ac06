import { VENDORS } from './signatures.ts';
import type { Signal, Vendor } from './signature.ts';

export interface Entry<S extends Signal = Signal> {
  vendor: Vendor;
  signal: S;
  shape: string;
}
type At<P extends Signal['place']> = Extract<Signal, { place: P }>;

const ENTRIES: readonly Entry[] = VENDORS.flatMap((vendor) =>
  vendor.signals.map((signal) => ({ vendor, signal, shape: `${vendor.id}/${signal.id}` })),
);

const isAt =
  <P extends Signal['place']>(...places: readonly P[]) =>
  (entry: Entry): entry is Entry<At<P>> =>
    places.some((place) => place === entry.signal.place);

/** Every signal of every vendor, by the place it looks at. */
export const CATALOGUE = {
  cookies: ENTRIES.filter(isAt('cookie', 'set-cookie', 'request-cookie')),
  headers: ENTRIES.filter(isAt('response-header', 'request-header')),
  urls: ENTRIES.filter(isAt('url', 'script-url')),
  statuses: ENTRIES.filter(isAt('status')),
  dom: ENTRIES.filter(isAt('dom')),
  bodies: ENTRIES.filter(isAt('body')),
  byShape: new Map(ENTRIES.map((entry) => [entry.shape, entry])),
} as const;

const MAX_REMEMBERED = 5_000;

/** Names and hosts repeat thousands of times in a capture; what the patterns say of each is asked once. */
function remember<E>(find: (text: string) => readonly E[]): (text: string) => readonly E[] {
  const known = new Map<string, readonly E[]>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const found = find(text);
    known.set(text, found);
    return found;
  };
}

export const cookieSignals = remember((name) => CATALOGUE.cookies.filter(({ signal }) => signal.name.test(name)));
export const headerSignals = remember((name) => CATALOGUE.headers.filter(({ signal }) => signal.name.test(name)));
export const hostSignals = remember((host) => CATALOGUE.urls.filter(({ signal }) => signal.host?.test(host) ?? true));

/** Whether a signal counts on a response with this status; null when there was no response. */
export function countsOn(signal: Signal, status: number | null): boolean {
  if (signal.statuses === undefined) return true;
  if (status === null) return false;
  return signal.statuses.some((gate) =>
    typeof gate === 'number' ? gate === status : status >= gate[0] && status <= gate[1],
  );
}
