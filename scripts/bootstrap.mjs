#!/usr/bin/env node
// Plain Node, no dependencies: brings pnpm and Node 24 from the npm registry, installs from the lockfile, then runs the real command.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const COMMANDS = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  dev: 'scripts/dev.ts',
  soak: 'scripts/soak.ts',
  check: 'scripts/check.ts',
  new: 'scripts/scaffold.ts',
  recon: 'server/cli/recon.ts',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const [command, ...args] = process.argv.slice(2);
const quiet = command === 'recon';

const say = (text) => {
  if (!quiet) process.stderr.write(`${text}\n`);
};
const stop = (text) => {
  process.stderr.write(`browser-recon: ${text}\n`);
  process.exit(1);
};

if (!command || !(command in COMMANDS)) stop(`say one of: ${Object.keys(COMMANDS).join(', ')}.`);

const major = Number.parseInt(process.versions.node, 10);
if (major < 20)
  stop(`Node ${process.versions.node} is too old. Install Node 20 or newer, then run the same command again.`);

/** npm's own script, so that no shell and no `.cmd` file is needed on any platform. */
function npmScript() {
  const besideNode = join(
    dirname(process.execPath),
    windows ? '.' : '..',
    windows ? '' : 'lib',
    'node_modules',
    'npm',
    'bin',
    'npm-cli.js',
  );
  return [process.env.npm_execpath, besideNode].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
}

function run(program, programArgs, options = {}) {
  const result = spawnSync(program, programArgs, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  return result.error
    ? result.error.message
    : result.signal
      ? `ended by ${result.signal}`
      : result.status === 0
        ? null
        : `exit code ${result.status}`;
}

function bringPnpm() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = manifest.packageManager.split('@')[1];
  const tools = join(root, '.recon', 'tools');
  const folder = join(tools, 'node_modules', 'pnpm');
  const script = join(folder, 'bin', 'pnpm.cjs');
  if (existsSync(script) && JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === version)
    return script;
  say(`Bringing pnpm ${version} …`);
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true }));
  const npmArgs = [
    'install',
    '--prefix',
    tools,
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--loglevel=error',
    `pnpm@${version}`,
  ];
  const npm = npmScript();
  const failure = npm
    ? run(process.execPath, [npm, ...npmArgs])
    : run(windows ? 'npm.cmd' : 'npm', npmArgs, windows ? { shell: true } : {});
  if (failure || !existsSync(script))
    stop(
      `pnpm ${version} could not be installed by npm (${failure ?? 'no pnpm.cjs'}). Check that npm reaches its registry, then try again.`,
    );
  return script;
}

function install() {
  const stamp = join(root, 'node_modules', '.recon-install');
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'])
    hash.update(readFileSync(join(root, file)));
  const wanted = `${hash.digest('hex')} ${process.platform}-${process.arch}`;
  const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return node;
  const pnpm = bringPnpm();
  say('Installing packages and Node 24 from the lockfile …');
  const failure = run(
    process.execPath,
    [pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'],
    {
      env: { ...process.env, CI: 'true' },
    },
  );
  if (failure)
    stop(
      `packages could not be installed (${failure}). Check that npm reaches its registry and that the disk has 2 GB free, then try again.`,
    );
  if (!existsSync(node))
    stop(`Node 24 did not arrive in node_modules. Remove node_modules and run the same command again.`);
  writeFileSync(stamp, wanted);
  return node;
}

const node = install();
const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? process.env.Path ?? ''].join(
  delimiter,
);
const child = spawn(node, ['--import', import.meta.resolve('tsx'), join(root, COMMANDS[command]), ...args], {
  cwd: quiet ? process.cwd() : root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
// Ctrl-C reaches the child through the terminal; this process waits for its orderly end.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) =>
  stop(`Node 24 could not be started (${error.message}). Remove node_modules and run the same command again.`),
);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
