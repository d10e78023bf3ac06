import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '#server/env.ts';
import { ROOT } from '../scripts/run-program.ts';

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Child {
  pid: number;
  /** Everything on both streams so far. */
  output: () => string;
  /** The first match in the output, as soon as it is there. Rejects with the output when the program ends without it. */
  saw: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<Ending>;
  /** Sends a signal to the program and everything in its process group, as a terminal does. */
  signalGroup: (signal: NodeJS.Signals) => void;
}

export interface ChildOptions {
  /** Set over the environment; an empty text takes a variable away. */
  env?: Record<string, string>;
  cwd?: string;
  /** What it reads; without it the input has ended. */
  input?: string;
}

const NOT_INHERITED = {
  RECON_KEY: '',
  RECON_SERVER: '',
  DATABASE_URL: '',
  DATABASE_OWNER_URL: '',
  DISPLAY: '',
  WAYLAND_DISPLAY: '',
};

/** Starts this Node on a script, in a process group of its own. */
export function startChild(args: readonly string[], options: ChildOptions = {}): Child {
  const env = Object.entries(childEnvironment({ ...NOT_INHERITED, ...options.env })).filter(
    ([, value]) => value !== '',
  );
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: Object.fromEntries(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args.join(' ')} could not be started`);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const output = () => stdout + stderr;
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode, stdout, stderr }));
  return {
    pid,
    output,
    ended,
    saw: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output());
          if (found) resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then(() => reject(new Error(`it ended without ${pattern}:\n${output()}`)));
        look();
      }),
    signalGroup: (signal) => process.kill(-pid, signal),
  };
}
