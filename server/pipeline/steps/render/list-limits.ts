import type { Report } from '#shared/report.ts';
import { explainLoss } from '../../../report/words.ts';
import type { RenderInput } from './assemble-report.ts';

type Limit = Report['limits'][number];

const answers = (count: number): string =>
  count === 1 ? '1 answer has' : `${count.toLocaleString('en-US')} answers have`;

function listCaptureLimits({ clean_facts }: RenderInput['artifacts']): Limit[] {
  const { completeness } = clean_facts;
  const texts = [
    ...completeness.gaps.map(
      ({ reason, count }) =>
        `Something is missing from the recording (${count === 1 ? 'once' : `${count.toLocaleString('en-US')} times`}): ${explainLoss(reason)}.`,
    ),
    ...completeness.missing.map(({ reason, count }) => `${answers(count)} no body: ${explainLoss(reason)}.`),
    ...(completeness.checked ? [] : ['Whether the browser made requests that were not recorded was not checked.']),
  ];
  return texts.map((text) => ({ step: 'capture', text }));
}

/** Everything that makes the report say less than it could, each with the step that met it. */
export function listLimits(input: RenderInput): Limit[] {
  const { artifacts, earlier = [] } = input;
  const limits: Limit[] = [
    ...listCaptureLimits(artifacts),
    ...earlier
      .filter(({ status }) => status !== 'complete')
      .map(({ step, message }): Limit => ({ step, text: message })),
  ];
  const told = new Set(limits.map(({ step }) => step));
  const { validation, narrative } = artifacts;
  if (!validation.performed && !told.has('validation')) {
    limits.push({ step: 'validation', text: validation.reason ?? 'Nothing was replayed.' });
  }
  if (!narrative.model.used && !told.has('synthesis')) limits.push({ step: 'synthesis', text: narrative.model.reason });
  return limits;
}
