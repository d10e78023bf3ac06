/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Protection, Report } from '#shared/report.ts';
import { Icon } from '../layout.tsx';
import { CATEGORIES, PLACES, SEVERITIES, formatCount } from '../words.ts';

const EVIDENCE_LIMIT = 8;

function tellAction({ active, passed }: Protection): { text: string; tone: string } {
  if (active.count === 0) return { text: 'did not act', tone: 'good' };
  const what =
    active.kind === 'block' ? 'blocked' : active.kind === 'captcha' ? 'showed a puzzle' : 'asked for a check';
  return {
    text: `${what} ${active.count}×${passed ? ', the browser got through' : ''}`,
    tone: passed ? 'warn' : 'bad',
  };
}

const Card = ({ item }: { item: Protection }) => {
  const action = tellAction(item);
  return (
    <article
      class="card panel"
      id={`protection-${item.vendor}-${item.scope}`}
      data-find={`${item.name} ${item.category} protection`}
    >
      <h3>
        <Icon name="shield" /> {item.name}
      </h3>
      <p class="soft small">{CATEGORIES[item.category]}</p>
      <p class="tags">
        <span class="tag">
          {item.presence >= 0.9 ? 'surely there' : item.presence >= 0.6 ? 'very likely there' : 'perhaps there'}
        </span>
        <span class={`tag ${action.tone}`}>{action.text}</span>
        <span class="tag">
          severity {item.severity} of 4: {SEVERITIES[item.severity] ?? ''}
        </span>
      </p>
      <p>{item.meaning}</p>
      <h4>Where it was seen</h4>
      <ul class="small">
        {item.evidence.slice(0, EVIDENCE_LIMIT).map(({ exchange, place, name, note }) => (
          <li>
            {PLACES[place]} <code>{name}</code>{' '}
            <span class="soft">
              in {exchange}
              {note === undefined ? '' : `; ${note}`}
            </span>
          </li>
        ))}
        {item.evidence.length > EVIDENCE_LIMIT ? (
          <li class="soft">and {item.evidence.length - EVIDENCE_LIMIT} more places</li>
        ) : null}
      </ul>
    </article>
  );
};

export const Protections = ({ report }: { report: Report }) => {
  const own = report.protections.filter(({ scope }) => scope === 'first-party');
  const foreign = report.protections.filter(({ scope }) => scope === 'third-party');
  return (
    <section id="protection" aria-labelledby="protection-title">
      <h2 id="protection-title">What protects the site</h2>
      {own.length === 0 ? (
        <p class="lead">Nothing that protects the site itself was recognised in this visit.</p>
      ) : null}
      <div class="cards">
        {own.map((item) => (
          <Card item={item} />
        ))}
      </div>
      {foreign.length === 0 ? null : (
        <div class="group">
          <h3 class="gap">On other companies’ requests</h3>
          <p class="lead small">
            {formatCount(foreign.length, 'protection')} of services that the page embeds; they do not guard the
            endpoints above.
          </p>
          <div class="cards">
            {foreign.map((item) => (
              <Card item={item} />
            ))}
          </div>
        </div>
      )}
    </section>
  );
};
