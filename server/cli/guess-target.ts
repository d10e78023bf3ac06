import { z } from 'zod';
import type { CaptureFile } from './read-capture.ts';

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
  const page = entries.find(
    ({ data }) => data._resourceType === 'document' || data.response?.content.mimeType.startsWith('text/html') === true,
  );
  return (page ?? entries[0])?.data.request.url ?? null;
}

/** The site that a capture is of: what the recording says, else the first page of a HAR, else its first request. Null when none is told. */
export function guessTarget(capture: CaptureFile): string | null {
  if (capture.kind === 'har') return guessHar(capture.text);
  const meta = capture.lines.find((line) => line.k === 'meta');
  return meta !== undefined && web.safeParse(meta.targetUrl).success ? meta.targetUrl : null;
}
