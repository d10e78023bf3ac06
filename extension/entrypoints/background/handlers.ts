import { type AnswerMessage, type PanelState, type RequestMessage, requestMessageSchema } from '../../messages.ts';
import type { Connection } from './connection.ts';
import type { Controller } from './controller.ts';

export interface HandlerDeps {
  controller: Controller;
  connection: Connection;
  state: () => PanelState;
}

type Handler<T extends RequestMessage['type']> = (
  deps: HandlerDeps,
  message: Extract<RequestMessage, { type: T }>,
) => Promise<string | null> | string | null;

/** What is done for each message; a text says why it was not. `traffic` alone answers with something else than the state. */
const HANDLERS: { [T in Exclude<RequestMessage['type'], 'traffic'>]: Handler<T> } = {
  state: ({ connection, controller }) => {
    void connection.refresh();
    controller.wake();
    return null;
  },
  connect: async ({ connection, controller }, { server, secret }) => {
    const error = await connection.connect(server, secret);
    if (error === null) controller.retryDelivery();
    return error;
  },
  disconnect: async ({ connection, controller }) => {
    if (controller.state() !== null) return 'Finish or discard the recording first.';
    await connection.disconnect();
    return null;
  },
  start: ({ connection, controller }, message) =>
    connection.hasKey ? controller.start(message) : 'Connect to a server first.',
  pause: ({ controller }) => controller.pause(),
  resume: ({ controller }) => controller.resume(),
  'reload-target': ({ controller }) => controller.reloadTarget(),
  finish: ({ controller }) => controller.finish(),
  discard: ({ controller }) => controller.discard(),
  'open-report': ({ connection }, { scanId }) => connection.openReport(scanId),
  dismiss: async ({ controller, connection }) => {
    const error = await controller.dismiss();
    if (error === null) void connection.refresh(true);
    return error;
  },
};

async function run<T extends keyof typeof HANDLERS>(
  deps: HandlerDeps,
  type: T,
  message: Extract<RequestMessage, { type: T }>,
): Promise<string | null> {
  const handler: Handler<T> = HANDLERS[type];
  return handler(deps, message);
}

/** Answers a message of the panel. Never rejects. */
export async function answerMessage(deps: HandlerDeps, message: unknown): Promise<AnswerMessage> {
  const parsed = requestMessageSchema.safeParse(message);
  if (!parsed.success)
    return { ok: false, error: 'The panel and the recorder are of different versions. Reload the extension.' };
  if (parsed.data.type === 'traffic') return { ok: true, rows: deps.controller.rows(parsed.data.after) };
  try {
    const error = await run(deps, parsed.data.type, parsed.data);
    return error === null ? { ok: true, state: deps.state() } : { ok: false, error };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, error: `Something went wrong in the recorder: ${detail}. What is recorded is kept.` };
  }
}
