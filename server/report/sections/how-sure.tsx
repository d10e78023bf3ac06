/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { Scroll } from '../layout.tsx';
import { explainLoss, formatCount } from '../words.ts';

const ITEM_LIMIT = 6;
const COMPANY_LIMIT = 60;

const Completeness = ({ report }: { report: Report }) => {
  const { checked, browserRequests, recorded, withBody, missing, gaps } = report.completeness;
  return (
    <div class="panel">
      <h3>How complete the recording is</h3>
      <p class="wanted">
        {checked && browserRequests !== null
          ? `The browser made ${formatCount(browserRequests, 'request')}; `
          : 'How many requests the browser made was not counted; '}
        {formatCount(recorded, 'request')} {recorded === 1 ? 'was' : 'were'} recorded,{' '}
        {withBody.toLocaleString('en-US')} with a body.
      </p>
      <ul>
        {missing.map(({ reason, count }) => (
          <li>
            {count} without a body: {explainLoss(reason)}
          </li>
        ))}
        {gaps.map(({ reason, count }) => (
          <li>
            {count} lost: {explainLoss(reason)}
          </li>
        ))}
      </ul>
    </div>
  );
};

const Conversion = ({ report }: { report: Report }) => {
  const { entries, kept, leftOut } = report.conversion;
  return (
    <div class="panel">
      <h3>What became of each request</h3>
      <p class="wanted">
        {kept.toLocaleString('en-US')} of {formatCount(entries, 'entry', 'entries')} were kept.{' '}
        {leftOut.length === 0 ? 'Nothing was left out.' : 'Left out:'}
      </p>
      <ul>
        {leftOut.map(({ reason, count, items }) => (
          <li>
            {count}: {reason}{' '}
            <span class="soft">
              {items.slice(0, ITEM_LIMIT).join(', ')}
              {items.length > ITEM_LIMIT ? ' …' : ''}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Scrubbing = ({ report }: { report: Report }) => (
  <div class="panel">
    <h3>Secrets that were replaced</h3>
    <p class="wanted">
      {formatCount(report.scrubbing.values, 'value')} of cookies, tokens and personal data{' '}
      {report.scrubbing.values === 1 ? 'was' : 'were'} replaced by placeholders before anything was written.
    </p>
    {report.scrubbing.types.length === 0 ? null : (
      <Scroll label="Replaced values by type">
        <table>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col" class="num">
                Values
              </th>
              <th scope="col" class="num">
                Places
              </th>
            </tr>
          </thead>
          <tbody>
            {report.scrubbing.types.map(({ type, values, replacements }) => (
              <tr>
                <th scope="row">{type}</th>
                <td class="num">{values.toLocaleString('en-US')}</td>
                <td class="num">{replacements.toLocaleString('en-US')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </div>
);

const ThirdParties = ({ report }: { report: Report }) => (
  <details class="fold">
    <summary>
      Other companies on the page <span class="soft">{report.thirdParties.length}</span>
    </summary>
    <div class="body">
      <Scroll label="Other companies on the page">
        <table>
          <thead>
            <tr>
              <th scope="col">Company</th>
              <th scope="col">What for</th>
              <th scope="col">Host</th>
              <th scope="col" class="num">
                Requests
              </th>
            </tr>
          </thead>
          <tbody>
            {report.thirdParties.slice(0, COMPANY_LIMIT).map(({ company, category, host, requests }) => (
              <tr>
                <th scope="row">{company}</th>
                <td>{category}</td>
                <td>
                  <code>{host}</code>
                </td>
                <td class="num">{requests.toLocaleString('en-US')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {report.thirdParties.length > COMPANY_LIMIT ? (
        <p class="small soft">{report.thirdParties.length - COMPANY_LIMIT} more are in the report’s JSON.</p>
      ) : null}
    </div>
  </details>
);

export const HowSure = ({ report }: { report: Report }) => (
  <section id="sure" aria-labelledby="sure-title">
    <h2 id="sure-title">How sure this is</h2>
    <div class="stack">
      {report.limits.length === 0 ? null : (
        <div class="panel">
          <h3>What limits it</h3>
          <ul class="wanted">
            {report.limits.map(({ step, text }) => (
              <li>
                {text} <span class="soft">({step.replaceAll('_', ' ')})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="two">
        <Completeness report={report} />
        <Conversion report={report} />
        <Scrubbing report={report} />
        <div class="panel">
          <h3>Who wrote it</h3>
          <p class="wanted">{report.model.reason}</p>
          {report.model.used ? (
            <p>
              Model <code>{report.model.name ?? 'unknown'}</code>, {formatCount(report.model.tokens, 'token')}. Its
              texts are marked.
            </p>
          ) : null}
          <p class="soft small wanted">
            browser-recon {report.versions.server}; step versions{' '}
            {Object.entries(report.versions.steps)
              .map(([step, version]) => `${step.replaceAll('_', ' ')} ${version}`)
              .join(', ')}
          </p>
        </div>
      </div>
      {report.thirdParties.length === 0 ? null : <ThirdParties report={report} />}
    </div>
  </section>
);
