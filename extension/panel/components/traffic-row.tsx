import type { TrafficRow as Row } from '../../messages.ts';
import { formatBytes } from '../model/format.ts';
import { describeTraffic } from '../model/traffic.ts';

/** Height of a row in pixels; the stylesheet's `.traffic-row` agrees. */
export const ROW_PX = 44;

interface TrafficRowProps {
  row: Row;
  place: number;
  count: number;
}

export function TrafficRow({ row, place, count }: TrafficRowProps) {
  const line = describeTraffic(row);
  const title = line.lost === null ? row.url : `${row.url}\nBody not kept: ${line.lost}`;
  return (
    <li
      class={line.lost === null ? 'traffic-row' : 'traffic-row lost'}
      aria-setsize={count}
      aria-posinset={place}
      title={title}
      data-testid="traffic-row"
    >
      <span class="method">{line.method}</span>
      <span class="path mono clip">{line.path}</span>
      <span class={`code ${line.tone}`}>{line.status}</span>
      <span class="about clip">
        {row.thirdParty && <span class="party">third party</span>}
        {[line.lost === null ? '' : `no body: ${line.lost}`, line.type, line.host].filter(Boolean).join(' · ')}
      </span>
      <span class="size">{row.bytes === null ? '' : formatBytes(row.bytes)}</span>
    </li>
  );
}
