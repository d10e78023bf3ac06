import { AttachRefused, type DebuggerSession } from './debugger-session.ts';

interface ReattachDeps {
  session: Pick<DebuggerSession, 'attach'>;
  tabExists: (tabId: number) => Promise<boolean>;
  sleep: (ms: number) => Promise<void>;
}

/** A page that was only passed through is gone by then. */
const SETTLE_MS = 150;
const RETRIES_MS = [0, 300, 700, 1500];

/** Attaches again after the browser detached by itself, which it also does when a tab passes through one of its own pages. */
export async function reattach(deps: ReattachDeps, tabId: number): Promise<'attached' | AttachRefused['why']> {
  await deps.sleep(SETTLE_MS);
  let why: AttachRefused['why'] = 'page-not-recordable';
  for (const delay of RETRIES_MS) {
    await deps.sleep(delay);
    if (!(await deps.tabExists(tabId))) return 'tab-closed';
    try {
      await deps.session.attach(tabId);
      return 'attached';
    } catch (cause) {
      if (cause instanceof AttachRefused) why = cause.why;
      if (why === 'policy') return why;
    }
  }
  return why;
}
