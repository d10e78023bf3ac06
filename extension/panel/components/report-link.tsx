import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import type { Store } from '../store.ts';
import { Button } from './button.tsx';
import { ReportAnchor } from './report-anchor.tsx';

interface ReportLinkProps {
  store: Pick<Store, 'copy' | 'send'>;
  scanId: string | null;
  href: string;
  label: string;
  main?: boolean;
}

/** Opens the report in a tab of its own, or copies its address. */
export function ReportLink({ store, scanId, href, label, main = false }: ReportLinkProps) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="report-link">
      <ReportAnchor
        store={store}
        scanId={scanId}
        href={href}
        class={main ? 'button main' : 'button plain'}
        testid="open-report"
      >
        <Icon name="external-link" size={14} />
        <span>{label}</span>
      </ReportAnchor>
      <Button
        icon={copied ? 'check' : 'copy'}
        testid="copy-link"
        onPress={() => {
          void store.copy(href).then(setCopied);
        }}
      >
        <span role="status">{copied ? 'Link copied' : 'Copy link'}</span>
      </Button>
    </div>
  );
}
