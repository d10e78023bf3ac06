import type { Exporter } from './exporter.ts';

/** The report itself: what every other format is made from. */
export const reportJsonExporter: Exporter = {
  id: 'report-json',
  title: 'Report as JSON',
  description: 'The whole report as data, for your own tools.',
  paths: ['report.json'],
  mediaType: 'application/json',
  write: (report) => [
    { path: 'report.json', mediaType: 'application/json', text: `${JSON.stringify(report, null, 2)}\n` },
  ],
};
