import type { Command } from './command.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { importCommand } from './commands/import.ts';
import { keysCreateCommand } from './commands/keys-create.ts';
import { loginCommand } from './commands/login.ts';
import { scanCommand } from './commands/scan.ts';
import { versionCommand } from './commands/version.ts';

/** Every command, in the order in which the usage lists them. */
export const COMMANDS: readonly Command[] = [
  loginCommand,
  keysCreateCommand,
  importCommand,
  analyzeCommand,
  scanCommand,
  versionCommand,
];
