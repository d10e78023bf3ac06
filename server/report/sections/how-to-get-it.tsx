/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { Code } from '../layout.tsx';
import { formatNumber } from '../words.ts';

const LANGUAGES: Record<Report['starters'][number]['language'], string> = {
  typescript: 'TypeScript',
  python: 'Python',
};

export const HowToGetIt = ({ report }: { report: Report }) => {
  const { recommendation: advice, costDrivers, starters, notes } = report;
  return (
    <section id="how" aria-labelledby="how-title">
      <h2 id="how-title">How to get it</h2>
      <div class="panel">
        <dl class="facts">
          <div>
            <dt>Client</dt>
            <dd>{advice.client}</dd>
          </div>
          <div>
            <dt>Network</dt>
            <dd>{advice.tier}</dd>
          </div>
          <div>
            <dt>Session</dt>
            <dd>{advice.session}</dd>
          </div>
          <div>
            <dt>Pace</dt>
            <dd>{advice.pace}</dd>
          </div>
          {costDrivers.map(({ name, value, unit, effect }) => (
            <div>
              <dt>{name}</dt>
              <dd>
                {formatNumber(value)} {unit} <span class="soft">{effect}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="two gap">
        <div>
          <h3>Why</h3>
          <ul>
            {advice.reasons.map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>What can go wrong</h3>
          {advice.risks.length === 0 ? <p class="soft">Nothing that was seen points to trouble.</p> : null}
          <ul>
            {advice.risks.map((risk) => (
              <li>{risk}</li>
            ))}
          </ul>
        </div>
      </div>
      {notes.length === 0 ? null : (
        <div class="gap">
          <h3>Good to know</h3>
          <ul>
            {notes.map(({ text, source }) => (
              <li>
                {text} {source === 'model' ? <span class="tag info">written by a model</span> : null}
              </li>
            ))}
          </ul>
        </div>
      )}
      {starters.length === 0 ? null : (
        <div class="stack gap">
          <h3>Starter code</h3>
          <p class="soft small">One file each, no packages. It keeps the pace above and holds no credentials.</p>
          <div>
            {starters.map(({ language, code, run }, index) => (
              <details class="fold" name="starter" open={index === 0}>
                <summary>
                  <span>
                    {LANGUAGES[language]} <code class="soft">{run}</code>
                  </span>
                </summary>
                <div class="body">
                  <Code text={code} label={`Starter code in ${LANGUAGES[language]}`} />
                </div>
              </details>
            ))}
          </div>
        </div>
      )}
    </section>
  );
};
