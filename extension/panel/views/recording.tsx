import { useState } from 'preact/hooks';
import type { RecordingState } from '../../messages.ts';
import { Button } from '../components/button.tsx';
import { Counters } from '../components/counters.tsx';
import { Notice, Problem } from '../components/notice.tsx';
import { SizeMeter } from '../components/size-meter.tsx';
import { Title } from '../components/title.tsx';
import { Traffic } from '../components/traffic.tsx';
import { TroubleCard } from '../components/trouble-card.tsx';
import { Icon } from '../icons.tsx';
import { formatElapsed, speakElapsed } from '../model/format.ts';
import { hostOf } from '../model/site.ts';
import { sizeMeter } from '../model/view.ts';
import type { Store } from '../store.ts';

interface RecordingProps {
  store: Store;
  recording: RecordingState;
}

function Elapsed({ store, recording }: RecordingProps) {
  const ms = store.now.value - Date.parse(recording.startedAt);
  return (
    <span class="elapsed" role="timer" aria-label={`Recording for ${speakElapsed(ms)}`} data-testid="elapsed">
      {formatElapsed(ms)}
    </span>
  );
}

function TopBar({ store, recording }: RecordingProps) {
  const paused = recording.phase === 'paused';
  const busy = store.busy.value;
  return (
    <div class="topbar">
      <span class={paused ? 'state paused' : 'state'}>
        {paused ? <Icon name="pause" size={14} /> : <span class="dot live" aria-hidden="true" />}
        {paused ? (
          <span class="elapsed" data-testid="elapsed">
            Paused
          </span>
        ) : (
          <Elapsed store={store} recording={recording} />
        )}
      </span>
      <Button
        icon={paused ? 'play' : 'pause'}
        testid="pause"
        busy={busy === 'pause' || busy === 'resume'}
        onPress={() => void store.send({ type: paused ? 'resume' : 'pause' })}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        kind="main"
        icon="flag"
        testid="finish"
        busy={busy === 'finish'}
        onPress={() => void store.send({ type: 'finish' })}
      >
        Finish
      </Button>
    </div>
  );
}

function Discard({ store }: { store: Store }) {
  const [asked, setAsked] = useState(false);
  return (
    <footer class="foot">
      {asked ? (
        <>
          <span>Throw this recording away?</span>
          <Button
            icon="trash-2"
            testid="discard-confirm"
            busy={store.busy.value === 'discard'}
            onPress={() => void store.send({ type: 'discard' })}
          >
            Throw away
          </Button>
          <Button
            kind="quiet"
            onPress={() => {
              setAsked(false);
            }}
          >
            Keep
          </Button>
        </>
      ) : (
        <Button
          kind="quiet"
          testid="discard"
          onPress={() => {
            setAsked(true);
          }}
        >
          Discard recording
        </Button>
      )}
    </footer>
  );
}

export function RecordingView({ store, recording }: RecordingProps) {
  const size = sizeMeter(recording);
  return (
    <div class="view recording">
      <Title hidden>{recording.phase === 'paused' ? 'Recording is paused' : 'Recording'}</Title>
      <TopBar store={store} recording={recording} />
      <div class="recording-facts">
        <p class="muted spread">
          <span class="mono clip">{hostOf(recording.targetUrl)}</span>
          <span>this tab only</span>
        </p>
        <SizeMeter size={size} />
        <Counters counters={recording.counters} />
        {recording.trouble && <TroubleCard store={store} recording={recording} trouble={recording.trouble} beside />}
        {size.warning !== null && <Notice tone="warn">{size.warning}</Notice>}
        {recording.attachedLate && (
          <Notice tone="info">
            <p>The page was already open. What it loaded before is not in the recording.</p>
            <Button
              icon="refresh-cw"
              testid="reload"
              busy={store.busy.value === 'reload-target'}
              onPress={() => void store.send({ type: 'reload-target' })}
            >
              Reload to capture from the start
            </Button>
          </Notice>
        )}
        <Problem text={store.problem.value} />
      </div>
      <Traffic store={store} />
      <Discard store={store} />
    </div>
  );
}
