import { replayConsentSchema, starterTemplateSchema, type Consent, type StarterTemplate } from '#shared/api.ts';
import type { ParseArgsOptionsConfig } from 'node:util';
import { UsageError, type Arguments } from './command.ts';

/** What every command that begins a scan takes. */
export const SCAN_OPTIONS = {
  intent: { type: 'string' },
  template: { type: 'string' },
  replay: { type: 'string' },
  model: { type: 'boolean' },
  'no-model': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

export interface ScanWish {
  intentText: string;
  starterTemplate: StarterTemplate;
  consent: Consent;
}

/** Reads them. Calling such a command states that the caller is entitled to collect from the target; the usage says so. */
export function readScanWish(args: Arguments): ScanWish {
  const template = starterTemplateSchema.safeParse(args.text('template') ?? 'custom');
  if (!template.success) {
    throw new UsageError(
      `There is no template ${args.text('template')}; there are ${starterTemplateSchema.options.join(', ')}`,
    );
  }
  const replay = replayConsentSchema.safeParse(args.text('replay') ?? 'anonymous');
  if (!replay.success) throw new UsageError(`--replay takes ${replayConsentSchema.options.join(', ')}`);
  if (args.is('model') && args.is('no-model')) throw new UsageError('--model and --no-model exclude each other');
  return {
    intentText: args.text('intent') ?? '',
    starterTemplate: template.data,
    consent: { entitled: true, replay: replay.data, model: args.is('model') },
  };
}

/** The address as given, with https:// before a bare host name. Throws `UsageError`. */
export function readTarget(given: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${given} is not the address of a site`);
  }
  return url.href;
}
