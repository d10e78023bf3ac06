/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import type { Scrubbed } from '../scrubbing/brand.ts';
import { Icon, Layout } from './layout.tsx';
import { NotFoundPage } from './not-found.tsx';
import { ProgressPage, type ProgressView } from './progress.tsx';
import { Answer } from './sections/answer.tsx';
import { Dependencies } from './sections/dependencies.tsx';
import { Downloads } from './sections/downloads.tsx';
import { Endpoints } from './sections/endpoints.tsx';
import { HowSure } from './sections/how-sure.tsx';
import { HowToGetIt } from './sections/how-to-get-it.tsx';
import { Protections } from './sections/protections.tsx';
import { Timeline } from './sections/timeline.tsx';
import { Tried } from './sections/tried.tsx';

export { REPORT_HEADERS } from './headers.ts';

const CONTENTS = [
  ['answer', 'The answer'],
  ['how', 'How to get it'],
  ['endpoints', 'What is there'],
  ['tried', 'What was tried'],
  ['protection', 'What protects the site'],
  ['dependencies', 'What depends on what'],
  ['timeline', 'In order'],
  ['sure', 'How sure this is'],
  ['downloads', 'Downloads'],
] as const;

export interface ReportPageOptions {
  /** Address of the report with a slash at its end (`/r/<slug>/`), for the download links. Absent: the saved file. */
  downloadBase?: string;
  /** Who may see it, in words. */
  visibility?: string;
  /** What is still being done, in words, when the report is shown before it is whole. */
  underWay?: string;
}

const writePage = (page: { toString: () => string }): string => `<!doctype html>${page.toString()}`;

/** The whole report as one self-contained document. */
export function renderReportPage(
  report: Scrubbed<Report>,
  { downloadBase, visibility, underWay }: ReportPageOptions = {},
): string {
  return writePage(
    <Layout title={`${report.target.site}: report`}>
      <a class="skip" href="#answer">
        Skip to the report
      </a>
      <div class="shell">
        <nav class="toc" aria-label="Contents">
          <div class="find" role="search" hidden>
            <input
              type="search"
              placeholder="Find ( / )"
              aria-label="Find endpoints and protections"
              autocomplete="off"
              spellcheck={false}
            />
            <output aria-live="polite"></output>
          </div>
          <ul>
            {CONTENTS.filter(([id]) => id !== 'downloads' || underWay === undefined).map(([id, title]) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main>
          {underWay === undefined ? null : (
            <p class="panel" role="status">
              <Icon name="loader-circle" /> The report is still being written ({underWay}). What is known so far stands
              below; <a href="">look again</a> in a moment.
            </p>
          )}
          <Answer report={report} visibility={visibility ?? null} />
          <HowToGetIt report={report} />
          <Endpoints report={report} />
          <Tried report={report} />
          <Protections report={report} />
          <Dependencies report={report} />
          <Timeline report={report} />
          <HowSure report={report} />
          {underWay === undefined ? <Downloads report={report} base={downloadBase ?? null} /> : null}
          <p class="endmark">
            Written from one recorded visit. It says what was seen, not everything that exists. Collect only what you
            are entitled to, at the pace above.
          </p>
        </main>
      </div>
    </Layout>,
  );
}

/** What stands at a report's address until the report is there; looks again by itself. */
export const renderProgressPage = (view: ProgressView): string => writePage(<ProgressPage {...view} />);

/** The same page for an address that never was and for one that is not yours. */
export const renderNotFoundPage = (): string => writePage(<NotFoundPage />);
