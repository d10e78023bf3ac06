/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { Icon, Scroll } from '../layout.tsx';
import { formatMs } from '../words.ts';

type Entry = Report['timeline'][number];
type Action = Report['actions'][number];

const ROW_LIMIT = 240;
const PAGE_LIMIT = 20;

interface PageSpan {
  title: string;
  entries: Entry[];
}

/** One span a page: from a document of the site to the next. */
function splitPages(timeline: readonly Entry[]): PageSpan[] {
  const pages: PageSpan[] = [];
  for (const entry of timeline) {
    const opens = entry.resourceType === 'document' && entry.label.startsWith('/') && (entry.status ?? 0) < 300;
    const last = pages.at(-1);
    if ((opens && pages.length < PAGE_LIMIT) || last === undefined)
      pages.push({ title: entry.label, entries: [entry] });
    else last.entries.push(entry);
  }
  return pages;
}

function choose(entries: readonly Entry[], limit: number): Entry[] {
  if (entries.length <= limit) return [...entries];
  const known = entries.filter(({ endpoint, resourceType }) => endpoint !== null || resourceType === 'document');
  const rest = entries.filter(({ endpoint, resourceType }) => endpoint === null && resourceType !== 'document');
  return [...known, ...rest].slice(0, limit).sort((a, b) => a.startMs - b.startMs);
}

const Bar = ({ entry, from, span }: { entry: Entry; from: number; span: number }) => {
  const x = ((entry.startMs - from) / span) * 1000;
  const width = Math.max(4, ((entry.durationMs ?? 0) / span) * 1000);
  const kind = entry.status === null || entry.status >= 400 ? 'failed' : entry.endpoint === null ? '' : 'known';
  return (
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class={kind} x={x.toFixed(1)} y="1" width={Math.min(width, Math.max(4, 1000 - x)).toFixed(1)} height="8" />
    </svg>
  );
};

const VERBS: Record<Action['type'], string> = {
  click: 'You pressed',
  input: 'You typed into',
  submit: 'You sent',
  navigate: 'You opened',
  agent: 'The assistant used',
};

const Page = ({
  page,
  actionsAt,
  limit,
}: {
  page: PageSpan;
  actionsAt: ReadonlyMap<string, Action[]>;
  limit: number;
}) => {
  const shown = choose(page.entries, limit);
  const from = page.entries.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  const end = page.entries.reduce(
    (most, { startMs, durationMs }) => Math.max(most, startMs + (durationMs ?? 0)),
    from + 1,
  );
  const span = end - from;
  return (
    <details class="fold" open={page.entries.length <= 40}>
      <summary>
        <span>
          {page.title}{' '}
          <span class="soft">
            {page.entries.length} requests in {formatMs(span)}
          </span>
        </span>
      </summary>
      <div class="body">
        <Scroll label={`Requests of ${page.title}`}>
          <table class="waterfall">
            <thead class="sr">
              <tr>
                <th scope="col">Request</th>
                <th scope="col">Status</th>
                <th scope="col">Time</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {shown.flatMap((entry) => [
                ...(actionsAt.get(entry.exchange) ?? []).map((action) => (
                  <tr class="act">
                    <td colspan={4}>
                      <Icon name="mouse-pointer-click" /> {VERBS[action.type]}{' '}
                      {action.name === '' ? action.role : `“${action.name}”`}
                    </td>
                  </tr>
                )),
                <tr>
                  <td>
                    <div class="label">
                      <span class="method">{entry.method}</span>{' '}
                      {entry.endpoint === null ? entry.label : <a href={`#${entry.endpoint}`}>{entry.label}</a>}
                    </div>
                  </td>
                  <td class="num">{entry.status ?? 'no answer'}</td>
                  <td class="num">{entry.durationMs === null ? '' : formatMs(entry.durationMs)}</td>
                  <td class="at">
                    <Bar entry={entry} from={from} span={span} />
                  </td>
                </tr>,
              ])}
            </tbody>
          </table>
        </Scroll>
        {shown.length < page.entries.length ? (
          <p class="small soft">{page.entries.length - shown.length} more are in the recording (capture.har).</p>
        ) : null}
      </div>
    </details>
  );
};

export const Timeline = ({ report }: { report: Report }) => {
  const pages = splitPages(report.timeline);
  const limit = Math.max(20, Math.floor(ROW_LIMIT / Math.max(1, pages.length)));
  const order = new Map(report.timeline.map(({ exchange }, index) => [exchange, index]));
  const actionsAt = new Map<string, Action[]>();
  for (const action of report.actions) {
    const first = [...action.exchanges].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0];
    if (first !== undefined) actionsAt.set(first, [...(actionsAt.get(first) ?? []), action]);
  }
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened, in order</h2>
      {pages.length === 0 ? (
        <p class="lead">Nothing was recorded.</p>
      ) : (
        <p class="lead">
          One block a page, each on its own scale. Blue bars belong to an endpoint above, red ones failed.
        </p>
      )}
      <div>
        {pages.map((page) => (
          <Page page={page} actionsAt={actionsAt} limit={limit} />
        ))}
      </div>
    </section>
  );
};
