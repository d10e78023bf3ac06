import type { PanelState, RecordingState, Trouble } from '../../messages.ts';
import { Problem } from '../components/notice.tsx';
import { ReportLink } from '../components/report-link.tsx';
import { TroubleCard } from '../components/trouble-card.tsx';
import { hostOf, webLink } from '../model/site.ts';
import { isReportReadable } from '../model/steps.ts';
import type { Store } from '../store.ts';

interface TroubleProps {
  store: Store;
  state: PanelState;
  recording: RecordingState;
  trouble: Trouble;
}

export function TroubleView({ store, state, recording, trouble }: TroubleProps) {
  const href = isReportReadable(recording) ? webLink(recording.reportUrl, state.connection.server) : null;
  return (
    <div class="view">
      <p class="muted">
        <span class="mono">{hostOf(recording.targetUrl)}</span>
      </p>
      <TroubleCard store={store} recording={recording} trouble={trouble} />
      <Problem text={store.problem.value} />
      {href && <ReportLink store={store} scanId={recording.scanId} href={href} label="Read what was found" />}
    </div>
  );
}
