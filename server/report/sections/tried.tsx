/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report, ValidationRun } from '#shared/report.ts';
import { Icon, Scroll } from '../layout.tsx';
import { Route } from '../parts/template.tsx';
import { OUTCOMES, TIERS, formatBytes, formatCount, formatMs } from '../words.ts';

const countAttempts = (runs: readonly ValidationRun[]): string => {
  const made = runs.filter(({ outcome }) => outcome !== 'not-tried').length;
  return made === 0 ? 'not tried' : formatCount(made, 'attempt');
};

const Cell = ({ run, why }: { run: ValidationRun | undefined; why: string }) => {
  const outcome = OUTCOMES[run?.outcome ?? 'not-tried'];
  return (
    <td>
      <span class={`cell ${outcome.tone}`} title={run?.reason ?? why}>
        <Icon name={outcome.icon} /> {outcome.word}
        {run?.status === null || run === undefined ? '' : ` · ${run.status}`}
      </span>
    </td>
  );
};

const Attempts = ({ runs, report }: { runs: readonly ValidationRun[]; report: Report }) => (
  <Scroll label="Attempts">
    <table>
      <thead>
        <tr>
          <th scope="col">Client</th>
          <th scope="col">Network</th>
          <th scope="col">Cookies</th>
          <th scope="col">Outcome</th>
          <th scope="col" class="num">
            Time
          </th>
          <th scope="col" class="num">
            Size
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr>
            <th scope="row">{report.validation.clients.find(({ id }) => id === run.client)?.name ?? run.client}</th>
            <td>{TIERS[run.tier]}</td>
            <td>{run.session === 'anonymous' ? 'none' : 'yours'}</td>
            <Cell run={run} why="" />
            <td class="num">{run.durationMs === null ? '' : formatMs(run.durationMs)}</td>
            <td class="num">{run.bytes === null ? '' : formatBytes(run.bytes)}</td>
            <td>
              <div class="long">
                {run.reason} <span class="soft">({run.exchange})</span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

export const Tried = ({ report }: { report: Report }) => {
  const { validation } = report;
  const tried = new Set(validation.runs.map(({ endpoint }) => endpoint));
  const rows = report.endpoints.filter(({ id, bucket }) => bucket === 'A' || tried.has(id));
  const columns = validation.tiers.flatMap((tier) => validation.clients.map((client) => ({ tier, client })));
  const runsOf = (id: string): ValidationRun[] => validation.runs.filter(({ endpoint }) => endpoint === id);
  return (
    <section id="tried" aria-labelledby="tried-title">
      <h2 id="tried-title">What was tried</h2>
      {validation.performed ? (
        <p class="lead">
          Recorded requests were sent again, from other clients and networks, and the shape of each answer was compared
          with what your browser got. Nothing that changes the site was sent.
        </p>
      ) : (
        <p class="lead">Nothing was sent to the site. {validation.reason}</p>
      )}
      {!validation.performed || columns.length === 0 || rows.length === 0 ? null : (
        <div class="stack">
          <Scroll label="Outcome for each endpoint, client and network">
            <table class="matrix">
              <thead>
                <tr>
                  <th scope="col">Endpoint</th>
                  {columns.map(({ tier, client }) => (
                    <th scope="col">
                      {client.name}
                      <br />
                      <span class="soft">{TIERS[tier]}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((endpoint) => {
                  const runs = runsOf(endpoint.id);
                  const why =
                    validation.sufficient.find((item) => item.endpoint === endpoint.id)?.reason ??
                    'Not chosen for a replay.';
                  return (
                    <tr>
                      <th scope="row">
                        <Route endpoint={endpoint} />
                      </th>
                      {columns.map(({ tier, client }) => (
                        <Cell run={runs.findLast((run) => run.tier === tier && run.client === client.id)} why={why} />
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scroll>
          <div>
            {rows.map((endpoint) => {
              const runs = runsOf(endpoint.id);
              const why = validation.sufficient.find((item) => item.endpoint === endpoint.id)?.reason;
              return (
                <details class="fold">
                  <summary>
                    {endpoint.name.text} <span class="soft">{countAttempts(runs)}</span>
                  </summary>
                  <div class="body stack">
                    <p>{why ?? 'It was not chosen for a replay.'}</p>
                    {runs.length === 0 ? null : <Attempts runs={runs} report={report} />}
                  </div>
                </details>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
};
