import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asScrubbed } from '../scrubbing/brand.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { addAccount, addScan } from '../testing/sample-rows.ts';
import { listenForEvents } from './bell.ts';
import { asAccount } from './client.ts';
import { appendEvents, readEvents } from './scan-rows.ts';

const WRITERS = 8;
const ROUNDS = 40;

let test: TestDatabase;
let account: string;
beforeAll(async () => {
  test = await createTestDatabase();
  account = await addAccount(test.db);
});
afterAll(() => test.close());

describe('events', () => {
  it('reach a reader complete, once and in order while eight writers append and some roll back', async () => {
    const { id } = await asAccount(test.db, account, (tx) => addScan(tx, account));
    const committed: string[] = [];
    const seen: { seq: number; message: string }[] = [];
    let writing = true;
    const write = async (writer: number) => {
      for (let round = 0; round < ROUNDS; round++) {
        const message = `${writer}/${round}`;
        await asAccount(test.db, account, async (tx) => {
          const event = { step: 'scan', status: 'progress', message: asScrubbed(message) } as const;
          await appendEvents(tx, id, round % 5 === 0 ? [event, event] : [event]);
          if (round % 7 === 3) throw new Error('undone');
          committed.push(...(round % 5 === 0 ? [message, message] : [message]));
        }).catch((error: unknown) => {
          if (!(error instanceof Error && error.message === 'undone')) throw error;
        });
      }
    };
    const read = async () => {
      for (let done = false; !done;) {
        done = !writing;
        const page = await asAccount(test.db, account, (tx) => readEvents(tx, id, seen.at(-1)?.seq ?? 0, 17));
        seen.push(...page);
        if (page.length > 0) done = false;
      }
    };
    const reading = read();
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    writing = false;
    await reading;
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    expect(seen.map(({ message }) => message).sort()).toEqual(committed.sort());
    for (let writer = 0; writer < WRITERS; writer++) {
      const own = seen.map(({ message }) => message.split('/').map(Number)).filter(([by]) => by === writer);
      const rounds = own.map(([, round]) => round ?? -1);
      expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
    }
  });

  it('ring the bell with the scan id, after commit only', async () => {
    const { id } = await asAccount(test.db, account, (tx) => addScan(tx, account));
    const { promise, resolve } = Promise.withResolvers<string>();
    const rung: string[] = [];
    const bell = await listenForEvents(test.db, (scanId) => {
      rung.push(scanId);
      resolve(scanId);
    });
    const event = { step: 'scan', status: 'progress', message: asScrubbed('x') } as const;
    await expect(
      asAccount(test.db, account, async (tx) => {
        await appendEvents(tx, id, [event]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await asAccount(test.db, account, (tx) => appendEvents(tx, id, [event]));
    expect(await promise).toBe(id);
    expect(rung).toEqual([id]);
    await bell.close();
  });

  it('are not written for a scan of another account', async () => {
    const { id } = await asAccount(test.db, account, (tx) => addScan(tx, account));
    const stranger = await addAccount(test.db);
    const event = { step: 'scan', status: 'progress', message: asScrubbed('x') } as const;
    expect(await asAccount(test.db, stranger, (tx) => appendEvents(tx, id, [event]))).toBeNull();
    expect(await asAccount(test.db, account, (tx) => readEvents(tx, id, 0))).toEqual([]);
  });
});
