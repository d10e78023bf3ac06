import { VERSION } from '#shared/version.ts';
import type { Command } from '../command.ts';

export const versionCommand: Command = {
  name: 'version',
  usage: '[--json]',
  summary: 'Print the version',
  options: {},
  positionals: 0,
  run: ({ terminal }) => {
    terminal.result(VERSION, { version: VERSION });
    return Promise.resolve(0);
  },
};
