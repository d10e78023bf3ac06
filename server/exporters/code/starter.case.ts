import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Exchange } from '#shared/exchange.ts';
import type { Report } from '#shared/report.ts';
import { buildShopExchanges, buildShopReport } from '../../testing/report-fixture.ts';
import { planStarter } from './plan-starter.ts';
import { writeStarters } from './write-starters.ts';

export interface Origin {
  origin: string;
  requests: { method: string; url: string; headers: Record<string, string | string[] | undefined>; body: string }[];
  close: () => Promise<void>;
}

type Answer = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string };

/** A real origin on loopback that answers what the test says and remembers what it was asked. */
export async function startOrigin(answer: (url: URL, count: number) => Answer): Promise<Origin> {
  const requests: Origin['requests'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const given = answer(new URL(request.url ?? '/', 'http://origin'), requests.length);
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
      response.end(given.text ?? JSON.stringify(given.json ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The shop's report as if it had been recorded at that origin. */
export function shopAt(origin: string, over: Partial<Report> = {}): { report: Report; exchanges: Exchange[] } {
  const report = buildShopReport(over);
  return {
    report: {
      ...report,
      target: { ...report.target, origin },
      endpoints: report.endpoints.map((item) => ({ ...item, origin })),
    },
    exchanges: buildShopExchanges(origin),
  };
}

export function writeCode(language: 'typescript' | 'python', report: Report, exchanges: readonly Exchange[]): string {
  return writeStarters(planStarter(report, exchanges)).find((item) => item.language === language)?.code ?? '';
}

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

const RUNNERS = {
  typescript: { file: 'starter.ts', command: process.execPath },
  python: { file: 'starter.py', command: 'python3' },
};

/** Writes the code to an empty folder and runs it as its reader would. `more` is appended to it. */
export async function runCode(
  language: 'typescript' | 'python',
  code: string,
  env: Record<string, string> = {},
): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'starter-'));
  const { file, command } = RUNNERS[language];
  await writeFile(path.join(folder, file), code);
  try {
    return await new Promise((resolve, reject) => {
      execFile(
        command,
        [file],
        {
          cwd: folder,
          env: { PATH: path.dirname(command) + path.delimiter + searchPath(), PACE_MS: '0', ...env },
          timeout: 15_000,
        },
        (error, stdout, stderr) => {
          if (error && 'code' in error && error.code === 'ENOENT') {
            reject(
              new Error(
                `${command} is needed to run the starter code that the product writes; install it (Debian: apt install python3).`,
              ),
            );
          } else
            resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : null, stdout, stderr });
        },
      );
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const searchPath = (): string => Object.entries(process.env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
