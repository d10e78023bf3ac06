import type { Report } from '#shared/report.ts';
import type { StarterPlan } from './plan-starter.ts';
import { writePython } from './python.ts';
import { writeTypescript } from './typescript.ts';

/** The plan in every language, each one file that runs as it is. */
export function writeStarters(plan: StarterPlan): Report['starters'] {
  return [
    { language: 'typescript', filename: 'starter.ts', code: writeTypescript(plan), run: 'node starter.ts' },
    { language: 'python', filename: 'starter.py', code: writePython(plan), run: 'python3 starter.py' },
  ];
}
