import type { PanelState } from '../../messages.ts';
import { Icon } from '../icons.tsx';
import { formatAgo } from '../model/format.ts';
import type { Store } from '../store.ts';
import { ReportAnchor } from './report-anchor.tsx';
import { hostOf, webLink } from '../model/site.ts';
import { describeScan } from '../model/view.ts';

interface RecentScansProps {
  store: Pick<Store, 'send'>;
  scans: PanelState['recent'];
  server: string;
  nowMs: number;
}

export function RecentScans({ store, scans, server, nowMs }: RecentScansProps) {
  if (scans.length === 0) return null;
  return (
    <section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">Recent scans</h2>
      <ul>
        {scans.map((scan) => {
          const { words, hasReport } = describeScan(scan.status);
          const href = hasReport ? webLink(scan.reportUrl, server) : null;
          const text = (
            <>
              <span class="mono clip">{hostOf(scan.targetUrl)}</span>
              <span class="muted">
                {words} · {formatAgo(Date.parse(scan.createdAt), nowMs)}
              </span>
            </>
          );
          return (
            <li key={scan.scanId}>
              {href ? (
                <ReportAnchor store={store} scanId={scan.scanId} href={href} class="recent-row">
                  <span class="recent-text">{text}</span>
                  <Icon name="external-link" size={14} />
                </ReportAnchor>
              ) : (
                <span class="recent-row">
                  <span class="recent-text">{text}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
