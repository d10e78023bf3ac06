/** Where a command writes: one result on stdout, everything for people on stderr. */
export interface Terminal {
  /** One line of news; nothing with `--no-progress`. */
  say: (line: string) => void;
  /** A line that the next one replaces, where the terminal can do that; else nothing. */
  pass: (line: string) => void;
  /** What must be read even with `--no-progress`. */
  warn: (line: string) => void;
  /** The result: `data` with `--json`, else `text`. Called once. */
  result: (text: string, data: unknown) => void;
  /** Asks for one line; null when nobody can answer. */
  ask: (question: string) => Promise<string | null>;
}

export interface TerminalStreams {
  stdout: { write: (text: string) => unknown };
  stderr: { write: (text: string) => unknown; isTTY?: boolean; columns?: number };
  readLine: (question: string) => Promise<string | null>;
}

export function createTerminal(streams: TerminalStreams, options: { json: boolean; progress: boolean }): Terminal {
  const { stdout, stderr } = streams;
  const live = stderr.isTTY === true && options.progress;
  let passing = false;
  const line = (text: string): void => {
    stderr.write(passing ? `\r\u001b[K${text}\n` : `${text}\n`);
    passing = false;
  };
  return {
    say: (text) => {
      if (options.progress) line(text);
    },
    pass: (text) => {
      if (!live) return;
      stderr.write(`\r\u001b[K${text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
      passing = true;
    },
    warn: line,
    result: (text, data) => {
      if (passing) stderr.write('\r\u001b[K');
      passing = false;
      stdout.write(options.json ? `${JSON.stringify(data)}\n` : `${text}\n`);
    },
    ask: (question) => streams.readLine(question),
  };
}
