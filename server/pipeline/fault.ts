import type { StepId } from '#shared/events.ts';
import { isAppError } from '../errors.ts';
import { asScrubbed, type Scrubbed } from '../scrubbing/brand.ts';

/** Why a step ended badly, without its message: a message may quote what was captured. */
export interface StepFault {
  step: StepId;
  name: string;
  code: string | null;
  /** Where, innermost first; positions in this program's files only. */
  frames: string[];
}

const isFrame = (line: string) => /^\s+at /.test(line);

export function describeFault(step: StepId, error: unknown): StepFault {
  if (!(error instanceof Error)) return { step, name: typeof error, code: null, frames: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const frames = (error.stack ?? '').split('\n').filter(isFrame).slice(0, 8);
  return { step, name: error.name, code, frames: frames.map((line) => line.trim()) };
}

/** What the user is told: an `AppError`'s own words, which hold nothing captured, else that it failed. */
export const explainFault = (title: string, error: unknown): Scrubbed<string> =>
  asScrubbed(isAppError(error) ? error.message : `“${title}” could not be finished because of an internal error.`);
