import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Row {
  pid: number;
  parent: number;
  state: string;
}

function readProc(): Row[] {
  const rows: Row[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const text = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [state = '', parent = '0'] = text.slice(text.lastIndexOf(')') + 2).split(' ');
      rows.push({ pid: Number(entry), parent: Number(parent), state });
    } catch {
      continue;
    }
  }
  return rows;
}

const readPs = (): Row[] =>
  execFileSync('ps', ['-Ao', 'pid=,ppid=,state='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state = '']) => ({ pid: Number(pid), parent: Number(parent), state }));

/** Every process that has not ended; one that only waits to be reaped has. */
const readRows = (): Row[] =>
  (process.platform === 'linux' ? readProc() : readPs()).filter(({ state }) => !state.startsWith('Z'));

/** The processes below one, nearest first. */
export function descendantsOf(pid: number): number[] {
  const rows = readRows();
  const found = [pid];
  for (const parent of found) found.push(...rows.filter((row) => row.parent === parent).map((row) => row.pid));
  return found.slice(1);
}

/** The environment a process was started with, as one text. */
export const readEnvironment = (pid: number): string =>
  process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/environ`, 'utf8')
    : execFileSync('ps', ['-Eww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });

/** Those of the processes that run. */
export function running(pids: readonly number[]): number[] {
  const rows = new Set(readRows().map(({ pid }) => pid));
  return pids.filter((pid) => rows.has(pid));
}
