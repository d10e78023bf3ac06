export interface StopRequest {
  asked: Promise<void>;
  isAsked: () => boolean;
}

/** Hears the first Ctrl-C, SIGTERM or the end of the terminal; a second Ctrl-C ends the process at once. */
export function waitForStop(): StopRequest {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isAsked && signal === 'SIGINT') process.exit(130);
    isAsked = true;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return { asked: promise, isAsked: () => isAsked };
}
