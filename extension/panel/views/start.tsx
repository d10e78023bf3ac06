import { useRef, useState } from 'preact/hooks';
import type { PanelState } from '../../messages.ts';
import { Button } from '../components/button.tsx';
import { Consent } from '../components/consent.tsx';
import { Problem } from '../components/notice.tsx';
import { RecentScans } from '../components/recent-scans.tsx';
import { SiteBadge } from '../components/site-badge.tsx';
import { TemplateChips } from '../components/template-chips.tsx';
import { Title } from '../components/title.tsx';
import { type Draft, findStartProblem, INTENT_LIMIT, toStartMessage } from '../model/draft.ts';
import { describeSite, hostOf } from '../model/site.ts';
import { offeredTemplates } from '../model/templates.ts';
import type { Store } from '../store.ts';

export function StartView({ store, state }: { store: Store; state: PanelState }) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const draft = store.draft.value;
  const tab = store.tab.value;
  const site = describeSite(tab);
  const problem = findStartProblem(draft, site);
  const templates = offeredTemplates(state.templates);
  const hint = templates.find((template) => template.id === draft.template)?.intentHint ?? '';

  const change = (part: Partial<Draft>): void => {
    store.draft.value = { ...store.draft.peek(), ...part };
  };

  function record(): void {
    setTried(true);
    const message = tab && toStartMessage(draft, tab.tabId);
    if (message && !problem) void store.send(message);
    else form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
  }

  return (
    <div class="view start">
      <Title hidden>Record a site</Title>
      <SiteBadge site={site} />
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <label class="field">
          <span>What do you want from this site?</span>
          <textarea
            rows={3}
            maxLength={INTENT_LIMIT}
            placeholder={hint}
            value={draft.intentText}
            data-testid="intent"
            onInput={(event) => {
              change({ intentText: event.currentTarget.value });
            }}
          />
        </label>
        <TemplateChips
          templates={templates}
          chosen={draft.template}
          onChoose={(template) => {
            change({ template });
          }}
        />
        <Consent
          draft={draft}
          missing={tried && problem?.field === 'entitled' ? problem.message : null}
          onChange={change}
        />
        <Problem text={store.problem.value} />
        <div class="record">
          <button
            type="submit"
            class="button main record-button"
            disabled={problem?.field === 'site' || store.busy.value === 'start'}
            aria-busy={store.busy.value === 'start'}
            data-testid="record"
          >
            <span class="dot" aria-hidden="true" />
            <span>Record</span>
          </button>
          <label class="check">
            <input
              type="checkbox"
              checked={draft.reload}
              data-testid="reload"
              onChange={(event) => {
                change({ reload: event.currentTarget.checked });
              }}
            />
            <span>Reload the page to capture from the start</span>
          </label>
        </div>
      </form>
      <RecentScans store={store} scans={state.recent} server={state.connection.server} nowMs={store.now.value} />
      <footer class="foot">
        <span class="muted clip">
          Connected to <span class="mono">{hostOf(state.connection.server)}</span>
        </span>
        <Button kind="quiet" testid="disconnect" onPress={() => void store.send({ type: 'disconnect' })}>
          Disconnect
        </Button>
      </footer>
    </div>
  );
}
