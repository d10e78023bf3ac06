import { EXPORTERS } from '../../../exporters/index.ts';
import { renderReportPage } from '../../../report/page.tsx';
import { asScrubbed, type Scrubbed } from '../../../scrubbing/brand.ts';
import type { Artifacts, ExportFile } from '../../artifacts.ts';
import { assembleReport, type RenderInput } from './assemble-report.ts';

export async function runRender(
  input: RenderInput,
  version: number,
): Promise<{ artifacts: Pick<Artifacts, 'report' | 'exports'>; message: Scrubbed<string>; files: number }> {
  const report = assembleReport(input, version);
  const files: ExportFile[] = [];
  for (const exporter of EXPORTERS) {
    input.signal.throwIfAborted();
    await input.progress(asScrubbed(`Writing ${exporter.title}`));
    files.push(...exporter.write(report, input.artifacts.clean_exchanges));
  }
  files.push({ path: 'report.html', mediaType: 'text/html', text: renderReportPage(report) });
  return {
    artifacts: { report, exports: asScrubbed(files) },
    message: asScrubbed(`The report and ${files.length} files are written`),
    files: files.length,
  };
}
