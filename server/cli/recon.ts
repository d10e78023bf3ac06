import { createInterface } from 'node:readline';
import { readHostPaths } from '../env.ts';
import { COMMANDS } from './commands.ts';
import { runRecon } from './run-recon.ts';

/** One line from the terminal or the pipe; null when the input has ended. */
function readLine(question: string): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: process.stdin.isTTY });
    let answer: string | null = null;
    lines.once('close', () => resolve(answer));
    lines.question(question, (line) => {
      answer = line;
      lines.close();
    });
  });
}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

process.exitCode = await runRecon(COMMANDS, process.argv.slice(2), {
  streams: { stdout: process.stdout, stderr: process.stderr, readLine },
  host: readHostPaths(),
  cwd: process.cwd(),
  now: () => new Date(),
  signal: stopping.signal,
});
