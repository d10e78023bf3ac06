import type { Exchange } from '#shared/exchange.ts';
import type { Inventory } from '#shared/report.ts';
import { buildInventory } from '#server/inventory/build-inventory.ts';

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Builds the inventory and says in one line what it holds. */
export function analyse(exchanges: readonly Exchange[], targetUrl: string): { inventory: Inventory; message: string } {
  const inventory = buildInventory(exchanges, { targetUrl });
  const leftOut = inventory.leftOut.reduce((sum, entry) => sum + entry.count, 0);
  const origins = new Set(inventory.endpoints.map(({ origin }) => origin)).size;
  const found =
    inventory.endpoints.length === 0
      ? 'No API endpoints in what was captured'
      : `${count(inventory.endpoints.length, 'endpoint', 'endpoints')} on ${count(origins, 'origin', 'origins')}`;
  const rest =
    leftOut === 0 ? 'no request left out' : `${count(leftOut, 'request', 'requests')} left out with a reason`;
  return { inventory, message: `${found}; ${rest}` };
}
