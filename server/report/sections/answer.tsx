/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Report } from '#shared/report.ts';
import { Icon } from '../layout.tsx';
import { TIERS, type Tone } from '../words.ts';

const TONES: Record<Report['verdict']['difficulty']['word'], Tone> = {
  easy: 'good',
  moderate: 'info',
  hard: 'warn',
  'very hard': 'bad',
};

const Dial = ({ difficulty }: { difficulty: Report['verdict']['difficulty'] }) => (
  <div class="dial panel">
    <svg
      viewBox="0 0 120 78"
      class={TONES[difficulty.word]}
      role="img"
      aria-label={`Difficulty ${difficulty.score} of 100, ${difficulty.word}`}
    >
      <path class="track" d="M12 64a48 48 0 0 1 96 0" fill="none" stroke-width="10" stroke-linecap="round" />
      <path
        class="arc"
        d="M12 64a48 48 0 0 1 96 0"
        fill="none"
        stroke-width="10"
        stroke-linecap="round"
        pathLength="100"
        stroke-dasharray={`${Math.max(1, difficulty.score)} 200`}
      />
      <text x="60" y="60">
        {difficulty.score}
      </text>
      <text x="60" y="73" class="word">
        {difficulty.word}
      </text>
    </svg>
    <div>
      <h2>Difficulty</h2>
      <p class="small soft">0 is easy, 100 is out of reach; the sum of these parts.</p>
      <ul class="parts">
        {difficulty.parts
          .filter(({ points, name }) => points > 0 || name === 'Session')
          .map(({ name, points, reason }) => (
            <li>
              <b>{points > 0 ? `+${points}` : '0'}</b>
              <span>
                {name}: <span class="soft">{reason}</span>
              </span>
            </li>
          ))}
      </ul>
    </div>
  </div>
);

function tellClient(report: Report): string {
  const { client } = report.verdict;
  if (client !== null) return report.validation.clients.find(({ id }) => id === client)?.name ?? client;
  return report.validation.performed ? 'only the browser' : 'not tried';
}

export const Answer = ({ report, visibility }: { report: Report; visibility: string | null }) => {
  const answering = report.endpoints.filter(({ bucket }) => bucket === 'A').length;
  const { tier, difficulty, sentence } = report.verdict;
  return (
    <header id="answer" class="head">
      <div>
        <h1>{report.target.site}</h1>
        <p class="verdict">{sentence}</p>
        {report.intent.text === '' ? null : <p class="wanted">You asked: {report.intent.text}</p>}
        {report.coverage.length === 0 ? null : (
          <ul class="ticks small wanted" aria-label="What you asked for, and whether it was seen">
            {report.coverage.map(({ term, covered }) => (
              <li>
                <Icon name={covered ? 'check' : 'circle-dashed'} tone={covered ? 'good' : 'mute'} />
                {term} <span class={covered ? 'sr' : 'soft'}>{covered ? 'seen' : 'not seen'}</span>
              </li>
            ))}
          </ul>
        )}
        <p class="meta wanted">
          <span>Recorded {report.createdAt.slice(0, 10)}</span>
          {visibility === null ? null : <span>{visibility}</span>}
          <span>browser-recon {report.versions.server}</span>
        </p>
      </div>
      <dl class="figures">
        <div class="panel">
          <dt>Endpoints that answer you</dt>
          <dd>
            {answering} <small>of {report.endpoints.length} seen</small>
          </dd>
        </div>
        <div class="panel">
          <dt>Client needed</dt>
          <dd>{tellClient(report)}</dd>
        </div>
        <div class="panel">
          <dt>Network needed</dt>
          <dd>{tier === null ? 'not known' : tier === 'none' ? 'no proxy' : TIERS[tier]}</dd>
        </div>
      </dl>
      <Dial difficulty={difficulty} />
    </header>
  );
};
