import { replayConsentSchema } from '#shared/api.ts';
import { type Draft, MODEL_EFFECTS, REPLAY_CHOICES } from '../model/draft.ts';
import { ChoiceBar } from './choice-bar.tsx';

interface ConsentProps {
  draft: Draft;
  /** Why Record was refused on account of the first line. */
  missing: string | null;
  onChange: (change: Partial<Draft>) => void;
}

const REPLAYS = replayConsentSchema.options.map((value) => ({ value, label: REPLAY_CHOICES[value].label }));

/** Three lines: may this be collected, may the site be asked again, may a model read. Each says its effect and cost. */
export function Consent({ draft, missing, onChange }: ConsentProps) {
  return (
    <fieldset class="consent">
      <legend>What you allow</legend>
      <div class="consent-line">
        <label class="check">
          <input
            type="checkbox"
            checked={draft.entitled}
            aria-describedby="entitled-effect"
            aria-invalid={missing !== null}
            data-testid="consent-entitled"
            onChange={(event) => {
              onChange({ entitled: event.currentTarget.checked });
            }}
          />
          <span>I am entitled to collect from this site</span>
        </label>
        <p id="entitled-effect" class={missing === null ? 'effect' : 'effect missing'}>
          {missing ?? 'Needed to record. Kept with the report.'}
        </p>
      </div>
      <div class="consent-line">
        <div class="consent-row">
          <span aria-hidden="true">Try requests again</span>
          <ChoiceBar
            name="replay"
            label="Try requests again"
            describedBy="replay-effect"
            value={draft.replay}
            choices={REPLAYS}
            onChoose={(replay) => {
              onChange({ replay });
            }}
          />
        </div>
        <p id="replay-effect" class="effect">
          {REPLAY_CHOICES[draft.replay].effect}
        </p>
      </div>
      <div class="consent-line">
        <label class="check">
          <input
            type="checkbox"
            checked={draft.model}
            aria-describedby="model-effect"
            data-testid="consent-model"
            onChange={(event) => {
              onChange({ model: event.currentTarget.checked });
            }}
          />
          <span>Let a language model write the texts</span>
        </label>
        <p id="model-effect" class="effect">
          {draft.model ? MODEL_EFFECTS.on : MODEL_EFFECTS.off}
        </p>
      </div>
    </fieldset>
  );
}
