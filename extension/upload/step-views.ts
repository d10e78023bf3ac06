import { type ScanEvent, STEP_IDS } from '#shared/events.ts';
import type { StepView } from '../messages.ts';

/** Messages of one step that are kept. */
const KEPT_MESSAGES = 50;

export function pendingSteps(): StepView[] {
  return STEP_IDS.map((step) => ({
    step,
    status: 'pending',
    message: '',
    startedAt: null,
    endedAt: null,
    progress: [],
  }));
}

function applyEvent(view: StepView, event: ScanEvent): StepView {
  switch (event.status) {
    case 'started':
      return {
        ...view,
        status: 'running',
        message: event.message,
        startedAt: event.createdAt,
        endedAt: null,
        progress: [],
      };
    case 'progress':
      return {
        ...view,
        status: 'running',
        message: event.message,
        startedAt: view.startedAt ?? event.createdAt,
        progress: [...view.progress, event.message].slice(-KEPT_MESSAGES),
      };
    case 'complete':
    case 'errored':
    case 'skipped':
      return { ...view, status: event.status, message: event.message, endedAt: event.createdAt };
  }
}

/** The steps after these events; a step that starts again, because it is run again, starts afresh. */
export function applyEvents(views: readonly StepView[], events: readonly ScanEvent[]): StepView[] {
  return events.reduce<StepView[]>(
    (steps, event) => steps.map((view) => (view.step === event.step ? applyEvent(view, event) : view)),
    [...views],
  );
}
