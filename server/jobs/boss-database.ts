import type { Db } from 'pg-boss';
import type postgres from 'postgres';

type Transaction = Awaited<ReturnType<NonNullable<Db['beginTransaction']>>>;
type Runner = Pick<postgres.Sql, 'unsafe'>;

const flatten = (result: readonly unknown[]) => ({
  rows: result.some(Array.isArray) ? result.flat() : [...result],
});

const runOn = async (target: Runner, text: string, values: unknown[] | undefined) =>
  flatten(values?.length ? await target.unsafe(text, values.map(toParameter)) : await target.unsafe(text));

/** The driver's own list of what may be bound; the queue sends strings, numbers, dates, arrays of those, and null. */
const toParameter = (value: unknown) => value as postgres.ParameterOrJSON<never>;

async function begin(sql: postgres.Sql): Promise<Transaction> {
  const connection = await sql.reserve();
  await connection.unsafe('begin');
  let open = true;
  const end = async (statement: string) => {
    if (!open) return;
    open = false;
    try {
      await connection.unsafe(statement);
    } finally {
      connection.release();
    }
  };
  return {
    db: { executeSql: (text, values) => runOn(connection, text, values) },
    commit: () => end('commit'),
    rollback: () => end('rollback').catch(() => undefined),
  };
}

/**
 * The queue's door to a pool. Texts without parameters may hold `BEGIN … COMMIT`, which only a reserved connection may
 * run.
 */
export function createBossDatabase(sql: postgres.Sql): Db {
  return {
    executeSql: async (text, values) => {
      if (values?.length) return runOn(sql, text, values);
      const connection = await sql.reserve();
      try {
        return await runOn(connection, text, undefined);
      } finally {
        connection.release();
      }
    },
    listen: async (channel, onNotification, onReconnect) => {
      const subscription = await sql.listen(channel, onNotification, onReconnect);
      return { close: () => subscription.unlisten().catch(() => undefined) };
    },
    beginTransaction: () => begin(sql),
  };
}
