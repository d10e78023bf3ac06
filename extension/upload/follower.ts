import { TERMINAL_STATUSES } from '#shared/events.ts';
import type { EventsAnswer } from '#shared/api.ts';
import type { ApiClient, Failure } from './api-client.ts';
import { backoffMs } from './backoff.ts';

export interface FollowerDeps {
  api: () => ApiClient;
  random: () => number;
  sleep: (ms: number) => Promise<void>;
  /** The scan to follow and the last event seen; null when there is none. */
  task: () => { scanId: string; cursor: number } | null;
  onAnswer: (answer: EventsAnswer) => Promise<void>;
  /** `willRetry` tells whether it goes on by itself. */
  onFailure: (failure: Failure, willRetry: boolean) => void;
}

const WAIT_MS = 25_000;
/** Events come in bursts; asking for each one alone would use up the requests a key has. */
const BETWEEN_MS = 700;
const PASSING = new Set<Failure['kind']>(['offline', 'busy']);

/** Asks for the scan's events, each question waiting for the next one, until the scan has come to its end. */
export class Follower {
  readonly #deps: FollowerDeps;
  #running = false;

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
  }

  wake(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
    });
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (;;) {
      const task = this.#deps.task();
      if (task === null) return;
      const answer = await this.#deps.api().events(task.scanId, task.cursor, WAIT_MS);
      if (this.#deps.task()?.scanId !== task.scanId) continue;
      if (answer.ok) {
        failures = 0;
        await this.#deps.onAnswer(answer.value);
        if (TERMINAL_STATUSES.has(answer.value.scan.status)) return;
        await this.#deps.sleep(BETWEEN_MS);
        continue;
      }
      failures += 1;
      const willRetry = PASSING.has(answer.failure.kind);
      if (!willRetry || failures > 1) this.#deps.onFailure(answer.failure, willRetry);
      if (!willRetry) return;
      await this.#deps.sleep(backoffMs(failures, this.#deps.random, answer.failure.retryAfterMs));
    }
  }
}
