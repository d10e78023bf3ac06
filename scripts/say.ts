import { isAppError } from '#server/errors.ts';

/** One line to the person at the terminal; standard output stays free for results. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** A missing piece: what failed and the remedy in one line, non-zero exit. */
export class Remedy extends Error {}

/** Runs a command's main function and turns what it throws into one line. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  // A terminal that is gone must not end what is being stopped in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    process.exitCode = await main();
  } catch (error) {
    const isTold = error instanceof Remedy || isAppError(error);
    const text = error instanceof Error ? (isTold ? error.message : (error.stack ?? error.message)) : String(error);
    say(`browser-recon: ${text}`);
    process.exitCode = 1;
  }
}
