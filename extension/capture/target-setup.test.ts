import { expect, it } from 'vitest';
import { CdpError } from './cdp-port.ts';
import { setUpTarget } from './target-setup.ts';

it('sends everything at once and lets the target run last, for a paused worker answers nothing before that', () => {
  for (const type of ['page', 'worker']) {
    const methods: string[] = [];
    const never = {
      send: (_: unknown, method: string) => {
        methods.push(method);
        return new Promise<Record<string, unknown>>(() => undefined);
      },
    };
    void setUpTarget(never, { tabId: 1 }, type);
    expect(methods[0]).toBe('Network.enable');
    expect(methods.at(-1)).toBe('Runtime.runIfWaitingForDebugger');
    expect(methods.at(-2)).toBe('Target.setAutoAttach');
    expect(methods.includes('Page.enable')).toBe(type === 'page');
  }
});

it('learns from the refusal whether bodies outlive a navigation', async () => {
  const answering = (failure: 'unsupported' | 'gone' | null) => ({
    send: (_: unknown, method: string) =>
      method === 'Network.configureDurableMessages' && failure !== null
        ? Promise.reject(new CdpError(failure, 'x'))
        : Promise.resolve({}),
  });
  const learn = async (failure: 'unsupported' | 'gone' | null) =>
    (await setUpTarget(answering(failure), { tabId: 1 }, 'page')).durable;
  expect([await learn(null), await learn('unsupported'), await learn('gone')]).toEqual([
    'durable',
    'unsupported',
    'unknown',
  ]);
});
