/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { Scroll } from '../layout.tsx';

const ROW_LIMIT = 300;

export const Dependencies = ({ report }: { report: Report }) => {
  const nameOf = new Map(report.endpoints.map(({ id, name }) => [id, name.text]));
  const shown = report.dependencies.slice(0, ROW_LIMIT);
  return (
    <section id="dependencies" aria-labelledby="dependencies-title">
      <h2 id="dependencies-title">How requests depend on each other</h2>
      {shown.length === 0 ? (
        <p class="lead">No value of one answer was seen again in a later request.</p>
      ) : (
        <div>
          <p class="lead">
            A value that one answer gave came back in a later request; so the first has to be called before the second.
          </p>
          <Scroll label="Values that flow between requests">
            <table>
              <thead>
                <tr>
                  <th scope="col">First</th>
                  <th scope="col">gives the value at</th>
                  <th scope="col">Then</th>
                  <th scope="col">takes it as</th>
                  <th scope="col">Seen in</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ from, to, path, into, evidence }) => (
                  <tr>
                    <td>
                      <a href={`#${from}`}>{nameOf.get(from) ?? from}</a>
                    </td>
                    <td>
                      <code>{path}</code>
                    </td>
                    <td>
                      <a href={`#${to}`}>{nameOf.get(to) ?? to}</a>
                    </td>
                    <td>
                      <code>{into}</code>
                    </td>
                    <td class="soft">
                      {evidence
                        .slice(0, 3)
                        .map((pair) => `${pair.from} → ${pair.to}`)
                        .join(', ')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {report.dependencies.length > ROW_LIMIT ? (
            <p class="small soft">{report.dependencies.length - ROW_LIMIT} more are in the report’s JSON.</p>
          ) : null}
        </div>
      )}
    </section>
  );
};
