import { useEffect, useRef } from 'preact/hooks';
import type { PanelState } from '../messages.ts';
import { UpdateNotice } from './components/update-notice.tsx';
import type { ViewName } from './model/view.ts';
import type { Store } from './store.ts';
import { ConnectView } from './views/connect.tsx';
import { DoneView } from './views/done.tsx';
import { LoadingView } from './views/loading.tsx';
import { ProcessingView } from './views/processing.tsx';
import { RecordingView } from './views/recording.tsx';
import { StartView } from './views/start.tsx';
import { TroubleView } from './views/trouble.tsx';

function CurrentView({ store, view, state }: { store: Store; view: ViewName; state: PanelState | null }) {
  if (!state) return <LoadingView store={store} />;
  const { recording } = state;
  if (view === 'start') return <StartView store={store} state={state} />;
  if (view === 'connect' || !recording) return <ConnectView store={store} state={state} />;
  if (view === 'trouble' && recording.trouble) {
    return <TroubleView store={store} state={state} recording={recording} trouble={recording.trouble} />;
  }
  if (view === 'processing') return <ProcessingView store={store} state={state} recording={recording} />;
  if (view === 'done') return <DoneView store={store} state={state} recording={recording} />;
  return <RecordingView store={store} recording={recording} />;
}

export function App({ store }: { store: Store }) {
  const root = useRef<HTMLElement>(null);
  const previous = useRef<ViewName>('loading');
  const view = store.view.value;
  const state = store.state.value;

  useEffect(() => {
    if (previous.current !== 'loading') root.current?.querySelector<HTMLElement>('[data-view-title]')?.focus();
    previous.current = view;
  }, [view]);

  return (
    <main ref={root} class="panel" data-testid="panel" data-view={view}>
      {state && <UpdateNotice connection={state.connection} version={state.version} />}
      <CurrentView store={store} view={view} state={state} />
      <p class="vh" role="status">
        {store.announcement.value}
      </p>
    </main>
  );
}
