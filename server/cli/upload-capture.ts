import type { SegmentLine } from '#shared/capture.ts';
import type { Schemas } from '../../sdk/client.ts';
import { expectData, expectDone, type Connection } from './api-client.ts';
import type { CommandContext } from './command.ts';
import { packSegments } from './pack-segments.ts';

/** Uploads lines as segments of a scan that was begun, and seals it. Sending it all again is harmless. */
export async function uploadCapture(
  context: CommandContext,
  { client, server }: Connection,
  scanId: string,
  lines: Iterable<SegmentLine>,
): Promise<Schemas['CaptureAccepted']> {
  const segments: Schemas['SealCapture']['segments'] = [];
  let bytes = 0;
  for await (const { n, packed, sha256, digest } of packSegments(lines)) {
    await expectDone(
      client.PUT('/scans/{id}/segments/{n}', {
        params: { path: { id: scanId, n }, header: { 'content-digest': digest } },
        headers: { 'Content-Type': 'application/gzip' },
        body: '',
        bodySerializer: () => packed,
      }),
      server,
    );
    segments.push({ n, sha256, bytes: packed.length });
    bytes += packed.length;
    context.terminal.pass(`… upload        ${(bytes / 1_000_000).toFixed(1)} MB sent`);
  }
  context.terminal.say(`✓ upload        ${(bytes / 1_000_000).toFixed(1)} MB in ${segments.length} parts`);
  return expectData(
    client.POST('/scans/{id}/capture', { params: { path: { id: scanId }, header: {} }, body: { segments } }),
    server,
  );
}
