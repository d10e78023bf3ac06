import type { Exporter } from './exporter.ts';

/** The starter code that the report shows, as a file. */
export const starterPythonExporter: Exporter = {
  id: 'starter-python',
  title: 'Python starter code',
  description: 'A function per endpoint that answers you; runs with `python3 starter.py`, no packages.',
  paths: ['starter.py'],
  mediaType: 'text/plain',
  write: (report) => {
    const starter = report.starters.find(({ language }) => language === 'python');
    const text = starter?.code ?? '# No starter code was written for this scan.\n';
    return [{ path: 'starter.py', mediaType: 'text/plain', text }];
  },
};
