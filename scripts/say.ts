/** One line to the person at the terminal; standard output stays free for results. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** A missing piece: what failed and the remedy in one line, non-zero exit. */
export class Remedy extends Error {}

/** Runs a command's main function and turns what it throws into one line. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(
      `browser-recon: ${error instanceof Remedy ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = 1;
  }
}
