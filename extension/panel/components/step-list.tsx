import { Icon, type IconName } from '../icons.tsx';
import { formatSeconds } from '../model/format.ts';
import { STATUS_WORDS, type StepLine, type StepStatus } from '../model/steps.ts';

const GLYPHS: Readonly<Record<StepStatus, IconName>> = {
  pending: 'circle-dashed',
  running: 'loader-circle',
  complete: 'circle-check',
  errored: 'circle-alert',
  skipped: 'circle-minus',
};

/** How many of a running step's messages are shown; the newest ones. */
const SHOWN_PROGRESS = 8;

/** The eight steps with what each did; the running one shows its latest messages. */
export function StepList({ lines }: { lines: readonly StepLine[] }) {
  return (
    <ol class="steps">
      {lines.map((line) => (
        <li key={line.step} class={`step ${line.status}`} data-testid={`step-${line.step}`} data-status={line.status}>
          <Icon name={GLYPHS[line.status]} />
          <div class="step-body">
            <div class="step-head">
              <span class="step-name">{line.name}</span>
              <span class="vh">, {STATUS_WORDS[line.status]}</span>
              {line.durationMs !== null && <span class="step-time">{formatSeconds(line.durationMs)}</span>}
            </div>
            {line.message && <p class="step-message">{line.message}</p>}
            {line.progress.length > 0 && (
              <ul class="step-progress">
                {line.progress.slice(-SHOWN_PROGRESS).map((message, index) => (
                  <li key={`${line.progress.length - index} ${message}`}>{message}</li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
