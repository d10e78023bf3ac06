import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { analyzeCapture } from '../../pipeline/analyze-capture.ts';
import type { CaptureSource } from '../../pipeline/step.ts';
import { STEPS } from '../../pipeline/steps.ts';
import { asRaw } from '../../scrubbing/brand.ts';
import { CommandError, UsageError, type Command } from '../command.ts';
import { guessTarget } from '../guess-target.ts';
import { readCapture, type CaptureFile } from '../read-capture.ts';
import { readScanWish, readTarget, SCAN_OPTIONS } from '../scan-options.ts';
import { writeFolder } from '../write-folder.ts';

/** A site that no request can be of, for a capture that does not tell its own. */
const NO_SITE = 'http://site.invalid/';

const toSource = (capture: CaptureFile): CaptureSource =>
  capture.kind === 'har'
    ? { kind: 'har', text: asRaw(capture.text) }
    : { kind: 'recording', lines: capture.lines.map((line) => asRaw(line)) };

export const analyzeCommand: Command = {
  name: 'analyze',
  usage: '<file.har[.gz]|capture.ndjson.gz> --out DIR [--intent TEXT] [--template T] [--target URL] [--json]',
  summary: 'Make the report of a capture here, without server, database, model or any request',
  options: {
    intent: SCAN_OPTIONS.intent,
    template: SCAN_OPTIONS.template,
    target: { type: 'string' },
    out: { type: 'string' },
  },
  positionals: 1,
  run: async (context, args) => {
    const { terminal } = context;
    const out = args.text('out');
    if (out === undefined) throw new UsageError('analyze needs --out DIR, the folder for the report');
    const dir = path.resolve(context.cwd, out);
    const { intentText, starterTemplate } = readScanWish(args);
    const capture = await readCapture(args.positionals[0] ?? '', context.cwd);
    const target = args.text('target');
    const errored: string[] = [];
    const { ending, store } = await analyzeCapture({
      steps: STEPS,
      scan: {
        scanId: randomUUID(),
        targetUrl: target === undefined ? (guessTarget(capture) ?? NO_SITE) : readTarget(target),
        intentText,
        starterTemplate,
        consent: null,
        createdAt: context.now().toISOString(),
      },
      capture: toSource(capture),
      now: context.now,
      signal: context.signal,
      onEvent: ({ step, status, message }) => {
        const line = `${step.padEnd(13)} ${message}`;
        if (status === 'errored') errored.push(step);
        if (status === 'started' || status === 'progress') terminal.pass(`… ${line}`);
        else terminal.say(`${{ complete: '✓', errored: '✗', skipped: '–' }[status]} ${line}`);
      },
    });
    const files = store.find('exports');
    const report = store.find('report');
    if (files === null || report === null) {
      const why = store.checkpoints().find(({ step }) => step === ending.failedStep)?.message;
      throw new CommandError(
        'STEP_ERRORED',
        `${ending.failedStep ?? 'A step'} failed${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}. Nothing was written.`,
      );
    }
    await writeFolder(dir, files);
    terminal.result(`${report.verdict.sentence}\n${dir}`, {
      out: dir,
      status: ending.status,
      failedStep: ending.failedStep,
      errored,
      verdict: report.verdict.sentence,
      endpoints: report.endpoints.length,
      files: files.map((file) => file.path),
    });
    return errored.length === 0 ? 0 : 1;
  },
};
