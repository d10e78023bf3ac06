import type { Database } from './client.ts';
import { safely } from './database-error.ts';
import { BELL } from './scan-rows.ts';

/**
 * Hears that a scan has new events. Only a hint: bells ring once for several events and are lost while the connection is
 * down, so readers poll underneath; `onReconnect` tells that some may have been missed. Holds one connection.
 */
export async function listenForEvents(
  db: Database,
  onBell: (scanId: string) => void,
  onReconnect: () => void = () => undefined,
): Promise<{ close: () => Promise<void> }> {
  const subscription = await safely(() => db.$client.listen(BELL, onBell, onReconnect));
  return { close: () => subscription.unlisten().catch(() => undefined) };
}
