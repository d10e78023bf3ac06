import { Icon } from '../icons.tsx';
import type { Site } from '../model/site.ts';

/** The site that Record would record. */
export function SiteBadge({ site }: { site: Site }) {
  const off = site.kind === 'refused' || site.kind === 'none';
  return (
    <div class={`site ${site.kind}`} data-testid="site">
      <span class="site-icon" aria-hidden="true">
        {site.icon ? <img src={site.icon} alt="" width={20} height={20} /> : off ? <Icon name="ban" /> : site.letter}
      </span>
      <span class="site-text">
        <strong class={site.kind === 'recordable' ? 'mono clip' : 'clip'}>{site.name}</strong>
        <span class={site.kind === 'recordable' ? 'muted clip' : 'muted'}>{site.detail}</span>
      </span>
    </div>
  );
}
