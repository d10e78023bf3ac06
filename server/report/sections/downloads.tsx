/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { listOrigins } from '../../exporters/openapi/document.ts';
import { EXPORTERS } from '../../exporters/index.ts';
import { Scroll } from '../layout.tsx';

interface Download {
  title: string;
  description: string;
  files: { name: string; route: string }[];
}

/** Where a file of the report is served below its address. */
const ROUTES: Record<string, string> = {
  'API.md': 'api.md',
  'starter.ts': 'starter/typescript',
  'starter.py': 'starter/python',
};

function listDownloads(report: Report): Download[] {
  const listed = EXPORTERS.map(({ title, description, paths }) => ({
    title,
    description,
    files: paths.map((name) => ({ name, route: ROUTES[name] ?? name })),
  }));
  const others = listOrigins(report)
    .slice(1)
    .map((origin) => ({
      title: `OpenAPI 3.1 of ${origin}`,
      description: 'The same for another address that the site talks to.',
      files: ['json', 'yaml'].map((format) => ({
        name: `openapi ${format}`,
        route: `openapi.${format}?origin=${encodeURIComponent(origin.toWellFormed())}`,
      })),
    }));
  const page = {
    title: 'This page',
    description: 'One file that opens anywhere, without a network.',
    files: [{ name: 'report.html', route: 'report.html' }],
  };
  return [page, ...listed, ...others];
}

/** `base`: the report's own address with a slash at its end; null in the saved file, which names the files only. */
export const Downloads = ({ report, base }: { report: Report; base: string | null }) => (
  <section id="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title">Downloads</h2>
    {base === null ? (
      <p class="lead">This is the saved page. The files below lie beside it or at the report’s address.</p>
    ) : null}
    <Scroll label="Files of this report">
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Good for</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>
          {listDownloads(report).map(({ title, description, files }) => (
            <tr>
              <th scope="row">{title}</th>
              <td>
                <div class="long">{description}</div>
              </td>
              <td>
                {files.map(({ name, route }, index) => (
                  <span>
                    {index === 0 ? '' : ', '}
                    {base === null ? <code>{name}</code> : <a href={`${base}${route}`}>{name}</a>}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </section>
);
