import { expect, it } from 'vitest';
import { buildExchanges } from '../exchange-builder.ts';
import { createRandom, interleave, richLog } from './legal-orders.ts';

const ORDERS = 100_000;

it(`gives the same exchanges for ${ORDERS} legal orders`, { timeout: 3_600_000 }, () => {
  const lines = richLog();
  const whole = JSON.stringify(buildExchanges(lines));
  for (let seed = 0; seed < ORDERS; seed++) {
    const built = JSON.stringify(buildExchanges(interleave(lines, createRandom(seed))));
    if (built !== whole) expect(JSON.parse(built), `seed ${seed}`).toEqual(JSON.parse(whole));
  }
});
