import { z } from 'zod';
import type { CaptureFile } from './read-capture.ts';

/** A visit begins with a page, perhaps after redirects; a page among later API calls is an answer like any other. */
const FIRST_ENTRIES = 3;

const web = z.url({ protocol: /^https?$/ });
const harSchema = z.object({
  log: z.object({
    pages: z.array(z.unknown()).catch([]),
    entries: z.array(z.unknown()).catch([]),
  }),
});
const titleSchema = z.object({ title: web });
const entrySchema = z.object({
  _resourceType: z.string().optional().catch(undefined),
  request: z.object({ url: web }),
  response: z
    .object({ content: z.object({ mimeType: z.string() }) })
    .optional()
    .catch(undefined),
});

function guessHar(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  const har = harSchema.safeParse(value);
  if (!har.success) return null;
  for (const page of har.data.log.pages) {
    const titled = titleSchema.safeParse(page);
    if (titled.success) return titled.data.title;
  }
  const entries = har.data.log.entries.map((entry) => entrySchema.safeParse(entry)).filter((entry) => entry.success);
  const opened = entries.find(
    ({ data }, index) =>
      data._resourceType === 'document' ||
      (index < FIRST_ENTRIES && data.response?.content.mimeType.startsWith('text/html') === true),
  );
  return opened?.data.request.url ?? findBusiest(entries.map(({ data }) => data.request.url));
}

/** The origin most of the requests went to. */
function findBusiest(urls: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const { origin } = new URL(url);
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  const [busiest] = [...counts].sort(([, a], [, b]) => b - a);
  return busiest === undefined ? null : `${busiest[0]}/`;
}

/** The site that a capture is of: what the recording says, else the page a HAR begins with, else where most of its requests went. Null when none is told. */
export function guessTarget(capture: CaptureFile): string | null {
  if (capture.kind === 'har') return guessHar(capture.text);
  const meta = capture.lines.find((line) => line.k === 'meta');
  return meta !== undefined && web.safeParse(meta.targetUrl).success ? meta.targetUrl : null;
}
