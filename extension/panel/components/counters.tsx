import type { RecordingState } from '../../messages.ts';
import { formatBytes, formatCount, formatNoun } from '../model/format.ts';

/** What has been recorded so far, in four figures. */
export function Counters({ counters }: { counters: RecordingState['counters'] }) {
  const figures = [
    { id: 'requests', label: 'requests', value: counters.requests, text: formatCount(counters.requests) },
    { id: 'bodies', label: 'bodies', value: counters.bodies, text: formatCount(counters.bodies) },
    { id: 'bytes', label: 'received', value: counters.bytes, text: formatBytes(counters.bytes) },
    { id: 'hosts', label: 'hosts', value: counters.hosts, text: formatCount(counters.hosts) },
  ];
  return (
    <>
      <dl class="counters">
        {figures.map(({ id, label, value, text }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd data-testid={`count-${id}`} data-value={value}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      {counters.lost > 0 && (
        <p class="effect" data-testid="count-lost">
          {formatNoun(counters.lost, 'body', 'bodies')} could not be kept. The list says why.
        </p>
      )}
    </>
  );
}
