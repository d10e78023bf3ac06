import { DrizzleQueryError } from 'drizzle-orm';
import postgres from 'postgres';

/** What the database refused, without the statement, its parameters or the row it speaks of. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE, or the driver's or system's code (`CONNECTION_CLOSED`, `ECONNREFUSED`). */
  readonly code: string;
  readonly constraint: string | null;
  readonly table: string | null;
  constructor(code: string, constraint: string | null, table: string | null) {
    super(`The database answered ${code}${constraint ? ` on ${constraint}` : table ? ` on ${table}` : ''}.`);
    this.code = code;
    this.constraint = constraint;
    this.table = table;
  }
  /** The server cannot be reached, is going down or has no room for another connection; trying again later may help. */
  get isOutage(): boolean {
    return /^(08|53|57P|E[A-Z]|CONNECT|CONNECTION_)/.test(this.code);
  }
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Replaces errors of driver and query builder by one that carries no parameter; leaves all others alone. */
export function stripError(error: unknown): unknown {
  const inner = error instanceof DrizzleQueryError ? error.cause : error;
  if (inner instanceof postgres.PostgresError)
    return new DatabaseError(inner.code, inner.constraint_name ?? null, inner.table_name ?? null);
  const code = codeOf(inner);
  if (error instanceof DrizzleQueryError) return new DatabaseError(code ?? 'unknown', null, null);
  if (code && /^(CONNECTION_|CONNECT_|NOT_TAGGED|UNSAFE_TRANSACTION|MAX_PARAMETERS|ECONN|EPIPE|ETIMEDOUT)/.test(code))
    return new DatabaseError(code, null, null);
  return inner;
}

/** Runs database work; whatever goes wrong leaves without parameters. */
export async function safely<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw stripError(error);
  }
}

/** True for a unique constraint, of that name when one is given. */
export const isConflict = (error: unknown, constraint?: string): boolean =>
  error instanceof DatabaseError && error.code === '23505' && (!constraint || error.constraint === constraint);
