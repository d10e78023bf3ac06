import { describe, expect, it } from 'vitest';
import { buildExchanges } from '../exchange-builder.ts';
import { at, createRandom, interleave, richLog, trackOf } from './legal-orders.ts';
import { TerseLog } from './terse-log.ts';

describe('any order, any cut', () => {
  const lines = richLog();
  const whole = buildExchanges(lines);

  it('has every order in its log', () => {
    expect(whole.exchanges.length).toBe(16);
    expect(whole.gaps).toEqual([]);
  });

  it('gives the same exchanges for 300 legal orders', () => {
    for (let seed = 0; seed < 300; seed++) {
      expect(buildExchanges(interleave(lines, createRandom(seed))), `seed ${seed}`).toEqual(whole);
    }
  });

  it('keeps, at every cut, what had ended before it', () => {
    const finished = new Map(whole.exchanges.map((exchange) => [`${exchange.requestId} ${exchange.hop}`, exchange]));
    for (let end = 0; end <= lines.length; end++) {
      const later = new Set(
        lines
          .slice(end)
          .map(trackOf)
          .map((track) => track.split(' ').at(-1)),
      );
      for (const exchange of buildExchanges(lines.slice(0, end)).exchanges) {
        if (later.has(exchange.requestId) || exchange.incomplete !== null) continue;
        const { request, response, error } = finished.get(`${exchange.requestId} ${exchange.hop}`) ?? exchange;
        expect([exchange.request, exchange.response, exchange.error]).toEqual([request, response, error]);
      }
    }
  });

  it('survives a missing beginning, dropped lines and fields of the wrong shape', () => {
    const wrong = [null, 7, 'x', [], {}, undefined, Number.NaN];
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed);
      const damaged = lines.slice(random(lines.length)).filter(() => random(5) > 0);
      const spoiled = damaged.map((line) => {
        if (line.k !== 'event' || random(3) > 0) return line;
        const names = Object.keys(line.p);
        return { ...line, p: { ...line.p, [names[random(names.length)] ?? 'x']: wrong[random(wrong.length)] } };
      });
      expect(() => buildExchanges(spoiled), `seed ${seed}`).not.toThrow();
    }
  });

  it('keeps every one of thousands, in order', () => {
    const many = (count: number) => {
      const log = new TerseLog().navigated('F1', 'L1', at('/'));
      for (let n = 0; n < count; n++)
        log.whole(`r${n}`, at(`/api/${n % 7}`), '{}', { initiator: { type: 'script', url: at('/app.js') } });
      return buildExchanges(log.lines);
    };
    const { exchanges } = many(5000);
    expect(exchanges.map(({ requestId }) => requestId)).toEqual(exchanges.map((_, n) => `r${n}`));
    expect(exchanges).toHaveLength(5000);
  });
});
