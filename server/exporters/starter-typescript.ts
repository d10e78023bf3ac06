import type { Exporter } from './exporter.ts';

/** The starter code that the report shows, as a file. */
export const starterTypescriptExporter: Exporter = {
  id: 'starter-typescript',
  title: 'TypeScript starter code',
  description: 'A function per endpoint that answers you; runs with `node starter.ts`, no packages.',
  paths: ['starter.ts'],
  mediaType: 'text/plain',
  write: (report) => {
    const starter = report.starters.find(({ language }) => language === 'typescript');
    const text = starter?.code ?? '// No starter code was written for this scan.\n';
    return [{ path: 'starter.ts', mediaType: 'text/plain', text }];
  },
};
