import { CdpError, type CdpFailure, type CdpPort, type CdpTarget } from './cdp-port.ts';
import { ACTION_BINDING, ACTION_WORLD, actionScript } from './action-script.ts';

/** Room the browser keeps for bodies until they are read, per target. */
const BUFFER_BYTES = 250_000_000;
const RESOURCE_BYTES = 100_000_000;
/** Request bodies up to this size come with the event; larger ones are asked for. */
const POST_DATA_BYTES = 65_536;

const BINDING = { name: ACTION_BINDING, executionContextName: ACTION_WORLD };

const FRAMES = new Set(['page', 'iframe']);

/** Whether this browser keeps bodies beyond a navigation; `unknown` when the target went away before it could say. */
export type Durability = 'durable' | 'unsupported' | 'unknown';

/**
 * Makes a tab, frame or worker report. All commands are sent at once and in order: waiting for one of them before the last would
 * deadlock a paused worker.
 */
export async function setUpTarget(
  port: Pick<CdpPort, 'send'>,
  target: CdpTarget,
  type: string,
): Promise<{ durable: Durability }> {
  const buffers = { maxTotalBufferSize: BUFFER_BYTES, maxResourceBufferSize: RESOURCE_BYTES };
  const send = (method: string, params: Record<string, unknown> = {}): Promise<CdpFailure | null> =>
    port.send(target, method, params).then(
      () => null,
      (cause: unknown) => (cause instanceof CdpError ? cause.failure : 'failed'),
    );
  const answers = [send('Network.enable', { ...buffers, maxPostDataSize: POST_DATA_BYTES })];
  const durable = send('Network.configureDurableMessages', buffers);
  if (FRAMES.has(type)) {
    const script = { source: actionScript(), worldName: ACTION_WORLD, runImmediately: true };
    answers.push(
      send('Page.enable'),
      send('Page.addScriptToEvaluateOnNewDocument', script),
      send('Runtime.addBinding', BINDING),
    );
  }
  answers.push(
    send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    send('Runtime.runIfWaitingForDebugger'),
  );
  await Promise.all(answers);
  const refused = await durable;
  return { durable: refused === null ? 'durable' : refused === 'unsupported' ? 'unsupported' : 'unknown' };
}

/** Lets children go on that a worker which died in between may have left paused. */
export function resumeTarget(port: Pick<CdpPort, 'send'>, target: CdpTarget): void {
  port.send(target, 'Runtime.runIfWaitingForDebugger').catch(() => undefined);
}

/**
 * Ties the action script of a new document to its binding. Only worlds that exist are tied unless the Runtime domain is enabled,
 * which pages can notice; so this is sent again after each navigation.
 */
export function bindActions(port: Pick<CdpPort, 'send'>, target: CdpTarget): void {
  port
    .send(target, 'Runtime.addBinding', { name: ACTION_BINDING, executionContextName: ACTION_WORLD })
    .catch(() => undefined);
}
