/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Endpoint, Payload, Report } from '#shared/report.ts';
import { Code, Icon, Scroll } from '../layout.tsx';
import { writeCurl } from '../parts/curl.ts';
import { renderSchemaTree } from '../parts/schema-tree.ts';
import { Route } from '../parts/template.tsx';
import { AUTH_KINDS, OUTCOMES, ROLES, formatCount } from '../words.ts';

const EXAMPLE_LIMIT = 1500;

/** What the rows share, made once a page. */
export interface EndpointContext {
  report: Report;
  nameOf: ReadonlyMap<string, string>;
  bestRun: ReadonlyMap<string, Report['validation']['runs'][number]>;
  sufficientOf: ReadonlyMap<string, Report['validation']['sufficient'][number]>;
  dependenciesOf: ReadonlyMap<string, Report['dependencies']>;
}

const typeOf = (schema: Payload['schema']): string =>
  Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');

const Parameters = ({ endpoint }: { endpoint: Endpoint }) => (
  <Scroll label={`Parameters of ${endpoint.name.text}`}>
    <table>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Where</th>
          <th scope="col">Type</th>
          <th scope="col">Seen values</th>
          <th scope="col">Why it is one</th>
          <th scope="col" class="num">
            Sure
          </th>
        </tr>
      </thead>
      <tbody>
        {endpoint.parameters.map((item) => (
          <tr>
            <th scope="row">
              <code>{item.name}</code>
            </th>
            <td>{item.in}</td>
            <td>
              {typeOf(item.schema)}, {item.required ? 'always sent' : 'sometimes sent'}
            </td>
            <td>
              <code>{item.examples.map(String).join(', ')}</code>
            </td>
            <td>
              <div class="long">{[ROLES[item.role], ...item.evidence].filter((text) => text !== '').join('; ')}</div>
            </td>
            <td class="num">{Math.round(item.confidence * 100)} %</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

function cutExample(example: unknown): string {
  const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2);
  return text.length > EXAMPLE_LIMIT ? `${text.slice(0, EXAMPLE_LIMIT)}\n…` : text;
}

const PayloadView = ({ title, payload }: { title: string; payload: Payload }) => (
  <div>
    <h4>
      {title} <code>{payload.mediaType}</code> · {payload.samples} seen
    </h4>
    {renderSchemaTree(payload.schema, payload.example)}
    {payload.example === undefined ? null : (
      <details class="inline">
        <summary>Example</summary>
        <Code text={cutExample(payload.example)} label={`Example: ${title}`} />
      </details>
    )}
  </div>
);

const Dependencies = ({ endpoint, context }: { endpoint: Endpoint; context: EndpointContext }) => {
  const edges = context.dependenciesOf.get(endpoint.id) ?? [];
  if (edges.length === 0) return null;
  return (
    <div>
      <dt>Depends on</dt>
      <dd>
        <ul class="plain">
          {edges.slice(0, 8).map(({ from, path, into }) => (
            <li>
              <a href={`#${from}`}>{context.nameOf.get(from) ?? from}</a> <span class="soft">gives</span>{' '}
              <code>{path}</code> <span class="soft">for</span> <code>{into}</code>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
};

const Facts = ({ endpoint, context }: { endpoint: Endpoint; context: EndpointContext }) => {
  const auth = endpoint.auth.filter(({ kind }) => kind !== 'none');
  const sufficient = context.sufficientOf.get(endpoint.id);
  return (
    <dl class="facts">
      {endpoint.appearsWhen.length === 0 ? null : (
        <div>
          <dt>Appears when</dt>
          <dd>{endpoint.appearsWhen.join('; or ')}</dd>
        </div>
      )}
      <div>
        <dt>Why it is here</dt>
        <dd>{endpoint.reason}</dd>
      </div>
      {auth.length === 0 ? null : (
        <div>
          <dt>Credentials</dt>
          <dd>
            {auth.map(({ kind, name, in: place, from }, index) => (
              <span>
                {index === 0 ? '' : ', '}
                {AUTH_KINDS[kind]} {name === null ? null : <code>{name}</code>}
                {place === null ? '' : ` in the ${place}`}
                {from === null ? '' : `, first seen in ${from}`}
              </span>
            ))}
          </dd>
        </div>
      )}
      {endpoint.pagination === null ? null : (
        <div>
          <dt>Pages</dt>
          <dd>
            by {endpoint.pagination.style}{' '}
            {endpoint.pagination.parameter === null ? null : <code>{endpoint.pagination.parameter}</code>}
          </dd>
        </div>
      )}
      <Dependencies endpoint={endpoint} context={context} />
      {sufficient === undefined ? null : (
        <div>
          <dt>Tried</dt>
          <dd>{sufficient.reason}</dd>
        </div>
      )}
      <div>
        <dt>Evidence</dt>
        <dd class="soft">
          {endpoint.statuses.map(({ status, count }) => `status ${status} ${count}×`).join(', ')}; exchanges{' '}
          {endpoint.evidence.slice(0, 12).join(', ')}
          {endpoint.evidence.length > 12 ? ` and ${endpoint.evidence.length - 12} more` : ''}
        </dd>
      </div>
    </dl>
  );
};

const Chips = ({ endpoint, context }: { endpoint: Endpoint; context: EndpointContext }) => {
  const run = context.bestRun.get(endpoint.id);
  const outcome = run ? OUTCOMES[run.outcome] : null;
  const auth = endpoint.auth.find(({ kind }) => kind !== 'none');
  return (
    <span class="chips">
      {auth === undefined ? null : (
        <span>
          <Icon name="lock" /> {AUTH_KINDS[auth.kind]}
        </span>
      )}
      {endpoint.pagination === null ? null : <span>pages</span>}
      <span>seen {endpoint.samples}×</span>
      {outcome === null ? null : (
        <span class={outcome.tone}>
          <Icon name={outcome.icon} /> {outcome.word}
        </span>
      )}
    </span>
  );
};

export const EndpointRow = ({
  endpoint,
  context,
  origin,
}: {
  endpoint: Endpoint;
  context: EndpointContext;
  origin: string;
}) => (
  <details
    class="endpoint"
    data-find={`${endpoint.method} ${endpoint.template} ${endpoint.operation ?? ''} ${endpoint.name.text} ${endpoint.tag}`}
  >
    <summary>
      <span class="row">
        <Route endpoint={endpoint} />
        <span>{endpoint.name.text}</span>
        <Chips endpoint={endpoint} context={context} />
      </span>
    </summary>
    <div class="body" id={endpoint.id}>
      <p class="wanted">
        {endpoint.summary.text}{' '}
        {endpoint.summary.source === 'model' ? <span class="tag info">written by a model</span> : null}
      </p>
      <p class="small soft">
        {endpoint.origin === origin ? null : <span>On {endpoint.origin}. </span>}
        <a href={`#${endpoint.id}`}>Link to this endpoint</a>
      </p>
      <Facts endpoint={endpoint} context={context} />
      {endpoint.parameters.length === 0 ? null : (
        <div>
          <h4>{formatCount(endpoint.parameters.length, 'parameter')}</h4>
          <Parameters endpoint={endpoint} />
        </div>
      )}
      {endpoint.requests.map((payload) => (
        <PayloadView title="Request" payload={payload} />
      ))}
      {endpoint.responses.flatMap(({ status, payloads }) =>
        payloads.map((payload) => <PayloadView title={`Answer ${status}`} payload={payload} />),
      )}
      {endpoint.kind === 'websocket' ? null : (
        <div>
          <h4>curl</h4>
          <Code text={writeCurl(endpoint, context.report)} label={`curl command for ${endpoint.name.text}`} />
        </div>
      )}
    </div>
  </details>
);
