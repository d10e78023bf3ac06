import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { HostPaths } from '../env.ts';
import type { Terminal } from './terminal.ts';

/** Wrongly called: the message and the usage are printed, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Called rightly but not done, for a reason that people can act on; exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

export interface CommandContext {
  terminal: Terminal;
  host: HostPaths;
  /** The working directory, against which paths in arguments are read. */
  cwd: string;
  now: () => Date;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
}

export interface Arguments {
  text: (name: string) => string | undefined;
  texts: (name: string) => string[];
  is: (name: string) => boolean;
  positionals: readonly string[];
}

export interface Command {
  /** The words that call it: `import`, `keys create`. */
  name: string;
  /** What follows the name, as people write it. */
  usage: string;
  summary: string;
  options: ParseArgsOptionsConfig;
  /** How many arguments without a name it takes. */
  positionals: number;
  /** Returns the exit code: 0 done, 1 a step errored. Throws `UsageError`, `CommandError`. */
  run: (context: CommandContext, args: Arguments) => Promise<0 | 1>;
}

export const COMMON_OPTIONS = {
  server: { type: 'string' },
  json: { type: 'boolean' },
  'no-progress': { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** Reads what follows a command's name. Throws `UsageError` for an unknown flag, a flag without its value, too many arguments. */
export function readArguments(command: Command, argv: readonly string[]): Arguments {
  const options: ParseArgsOptionsConfig = { ...COMMON_OPTIONS, ...command.options };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : 'Not understood');
  }
  const { values, positionals } = parsed;
  if (values['help'] !== true && positionals.length !== command.positionals) {
    throw new UsageError(
      positionals.length < command.positionals
        ? `${command.name} needs ${command.usage.split(' ')[0]}`
        : `Not understood: ${positionals.slice(command.positionals).join(' ')}`,
    );
  }
  const texts = (name: string): string[] => {
    const value: unknown = values[name];
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  };
  return { text: (name) => texts(name).at(-1), texts, is: (name) => values[name] === true, positionals };
}
