import type { PanelState, RecordingState } from '../../messages.ts';
import { Button } from '../components/button.tsx';
import { Notice, Problem } from '../components/notice.tsx';
import { ReportLink } from '../components/report-link.tsx';
import { StepList } from '../components/step-list.tsx';
import { Title } from '../components/title.tsx';
import { Icon } from '../icons.tsx';
import { formatNoun } from '../model/format.ts';
import { hostOf, webLink } from '../model/site.ts';
import { stepLines } from '../model/steps.ts';
import type { Store } from '../store.ts';

interface DoneProps {
  store: Store;
  state: PanelState;
  recording: RecordingState;
}

export function DoneView({ store, state, recording }: DoneProps) {
  const lines = stepLines(recording.steps, store.now.value);
  const troubled = lines.filter((line) => line.status === 'errored').length;
  const href = webLink(recording.reportUrl, state.connection.server);
  return (
    <div class="view done">
      <Title>
        <span class="done-icon">
          <Icon name="circle-check" size={20} />
        </span>
        Report ready
      </Title>
      <p class="muted">
        <span class="mono">{hostOf(recording.targetUrl)}</span>
        {recording.intentText && ` · ${recording.intentText}`}
      </p>
      <p class="verdict" data-testid="verdict">
        {recording.verdict ?? 'The report says what was found.'}
      </p>
      {troubled > 0 && (
        <Notice tone="warn">
          {formatNoun(troubled, 'step')} had a problem. The report says what is missing because of it.
        </Notice>
      )}
      {href && <ReportLink store={store} scanId={recording.scanId} href={href} label="Open report" main />}
      <Problem text={store.problem.value} />
      <Button
        icon="arrow-right"
        testid="record-more"
        busy={store.busy.value === 'dismiss'}
        onPress={() => void store.send({ type: 'dismiss' })}
      >
        Record another visit
      </Button>
      <details class="fold">
        <summary>
          <Icon name="chevron-right" size={14} />
          <span>What was done</span>
        </summary>
        <StepList lines={lines} />
      </details>
    </div>
  );
}
