import { CommandError, readArguments, UsageError, type Command, type CommandContext } from './command.ts';
import { createTerminal, type TerminalStreams } from './terminal.ts';

export type Machine = Omit<CommandContext, 'terminal'> & { streams: TerminalStreams };

const COMMON = 'Every command: [--server URL] [--json] [--no-progress] [--no-wait]';
const usageOf = (command: Command): string =>
  `Usage: recon ${command.name} ${command.usage}\n  ${command.summary}\n${COMMON}`;
const overview = (commands: readonly Command[]): string =>
  [
    'Usage: recon <command> …',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`),
    '',
    COMMON,
  ].join('\n');

function findCommand(
  commands: readonly Command[],
  argv: readonly string[],
): { command: Command; rest: string[] } | null {
  const command = commands.find(({ name }) => name.split(' ').every((word, i) => argv[i] === word));
  return command === undefined ? null : { command, rest: argv.slice(command.name.split(' ').length) };
}

/** Runs one command line. Returns the exit code: 0 done, 1 not done or a step errored, 2 wrongly called. */
export async function runRecon(
  commands: readonly Command[],
  argv: readonly string[],
  machine: Machine,
): Promise<0 | 1 | 2> {
  const { streams, ...context } = machine;
  const json = argv.includes('--json');
  const terminal = createTerminal(streams, { json, progress: !argv.includes('--no-progress') });
  const fail = (code: string, message: string): void => {
    terminal.warn(message);
    if (json) terminal.result('', { error: { code, message } });
  };
  const found = findCommand(commands, argv);
  if (found === null) {
    const asked = argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help';
    if (asked && argv.length > 0) {
      terminal.result(overview(commands), {
        commands: commands.map(({ name, usage, summary }) => ({ name, usage, summary })),
      });
      return 0;
    }
    fail('USAGE', `${asked ? '' : `There is no command ${argv[0]}.\n`}${overview(commands)}`);
    return 2;
  }
  const { command, rest } = found;
  try {
    const args = readArguments(command, rest);
    if (args.is('help')) {
      terminal.result(usageOf(command), { name: command.name, usage: command.usage, summary: command.summary });
      return 0;
    }
    return await command.run({ ...context, terminal }, args);
  } catch (error) {
    if (error instanceof UsageError) {
      fail('USAGE', `${error.message}.\n${usageOf(command)}`);
      return 2;
    }
    if (context.signal.aborted) fail('STOPPED', 'Stopped.');
    else if (error instanceof CommandError) fail(error.code, error.message);
    else fail('INTERNAL_ERROR', `${command.name} failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
    return 1;
  }
}
