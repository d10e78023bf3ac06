import { Icon } from '../icons.tsx';
import { formatNoun } from '../model/format.ts';
import { PARTIES, type Party } from '../model/traffic.ts';
import type { Store } from '../store.ts';
import { ChoiceBar } from './choice-bar.tsx';
import { TrafficList } from './traffic-list.tsx';

const PARTY_LABELS: Readonly<Record<Party, string>> = { all: 'All', first: 'First party', third: 'Third party' };
const PARTY_CHOICES = PARTIES.map((value) => ({ value, label: PARTY_LABELS[value] }));

/** What was recorded, request by request, with a filter. */
export function Traffic({ store }: { store: Pick<Store, 'traffic' | 'visibleTraffic' | 'trafficFilter'> }) {
  const all = store.traffic.value.rows.length;
  const rows = store.visibleTraffic.value;
  const filter = store.trafficFilter.value;
  return (
    <section class="traffic" aria-labelledby="traffic-title">
      <div class="traffic-head">
        <h2 id="traffic-title">Traffic</h2>
        <span class="muted">
          {rows.length === all ? formatNoun(all, 'request') : `${rows.length} of ${formatNoun(all, 'request')}`}
        </span>
      </div>
      <div class="traffic-tools">
        <label class="filter">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label="Filter requests"
            placeholder="Filter by path, host, method"
            value={filter.text}
            data-testid="traffic-filter"
            onInput={(event) => {
              store.trafficFilter.value = { ...filter, text: event.currentTarget.value };
            }}
          />
        </label>
        <ChoiceBar
          name="party"
          label="Whose requests"
          value={filter.party}
          choices={PARTY_CHOICES}
          onChoose={(party) => {
            store.trafficFilter.value = { ...filter, party };
          }}
        />
      </div>
      <TrafficList
        rows={rows}
        empty={all === 0 ? 'Browse the site as you always do. Requests appear here.' : 'No request matches the filter.'}
      />
    </section>
  );
}
