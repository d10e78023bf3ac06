import { splitHar } from '#shared/har-lines.ts';
import { connect, expectData } from '../api-client.ts';
import { UsageError, type Command } from '../command.ts';
import { describeOutcome, exitCodeOf, followScan } from '../follow-scan.ts';
import { readCapture } from '../read-capture.ts';
import { readScanWish, readTarget, SCAN_OPTIONS } from '../scan-options.ts';
import { uploadCapture } from '../upload-capture.ts';

/** Small enough that any text of this many characters fits a segment. */
const HAR_PIECE_CHARS = 300_000;

export const importCommand: Command = {
  name: 'import',
  usage:
    '<file.har[.gz]|capture.ndjson.gz> --target URL [--intent TEXT] [--template T] [--replay off|anonymous|session] [--model]',
  summary:
    'Upload a HAR or a recording and follow its scan; you state that you are entitled to collect from the target',
  options: { ...SCAN_OPTIONS, target: { type: 'string' } },
  positionals: 1,
  run: async (context, args) => {
    const target = args.text('target');
    if (target === undefined) throw new UsageError('import needs --target URL, the site that was captured');
    const wish = { ...readScanWish(args), targetUrl: readTarget(target) };
    const capture = await readCapture(args.positionals[0] ?? '', context.cwd);
    const connection = await connect(context, args);
    const { client, server } = connection;
    const scan = await expectData(client.POST('/scans', { params: { header: {} }, body: wish }), server);
    const lines = capture.kind === 'har' ? splitHar(capture.text, HAR_PIECE_CHARS) : capture.lines;
    const accepted = await uploadCapture(context, connection, scan.scanId, lines);
    if (args.is('no-wait')) {
      context.terminal.result(scan.scanId, accepted);
      return 0;
    }
    const outcome = await followScan(context, connection, scan.scanId);
    context.terminal.result(describeOutcome(outcome), outcome);
    return exitCodeOf(outcome);
  },
};
