import type { PanelState, RecordingState } from '../../messages.ts';
import { Notice, Problem } from '../components/notice.tsx';
import { ReportLink } from '../components/report-link.tsx';
import { StepList } from '../components/step-list.tsx';
import { Title } from '../components/title.tsx';
import { Icon } from '../icons.tsx';
import { hostOf, webLink } from '../model/site.ts';
import { countFinished, isReportReadable, stepLines } from '../model/steps.ts';
import { describeUpload } from '../model/view.ts';
import type { Store } from '../store.ts';

interface ProcessingProps {
  store: Store;
  state: PanelState;
  recording: RecordingState;
}

function UploadProgress({ segments }: Pick<RecordingState, 'segments'>) {
  const share = segments.made > 0 ? segments.uploaded / segments.made : 0;
  const text = describeUpload(segments);
  return (
    <div class="upload">
      <div
        class="meter-track"
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
      >
        <div class="meter-fill" style={{ width: `${share * 100}%` }} />
      </div>
      <p class="muted">{text}. Keep the browser open until it is done.</p>
    </div>
  );
}

export function ProcessingView({ store, state, recording }: ProcessingProps) {
  const uploading = recording.phase === 'uploading';
  const lines = stepLines(recording.steps, store.now.value);
  const href = isReportReadable(recording) ? webLink(recording.reportUrl, state.connection.server) : null;
  return (
    <div class="view processing">
      <Title>{uploading ? 'Uploading the recording' : 'Making the report'}</Title>
      <p class="muted spread">
        <span class="mono clip">{hostOf(recording.targetUrl)}</span>
        {!uploading && <span>{`${countFinished(lines)} of ${lines.length} steps`}</span>}
      </p>
      {uploading && <UploadProgress segments={recording.segments} />}
      {!uploading && (
        <p class="calm">
          <Icon name="info" size={14} />
          <span>You can close this panel. The server goes on, and the report will be among your recent scans.</span>
        </p>
      )}
      {href && (
        <Notice tone="info" testid="early-report">
          <p>First findings can be read already. The page fills as the steps finish.</p>
          <ReportLink store={store} scanId={recording.scanId} href={href} label="Read first findings" />
        </Notice>
      )}
      <Problem text={store.problem.value} />
      <StepList lines={lines} />
    </div>
  );
}
