import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import type { Store } from '../store.ts';
import { Button } from './button.tsx';

interface ReportLinkProps {
  store: Pick<Store, 'copy'>;
  href: string;
  label: string;
  main?: boolean;
}

/** Opens the report in a tab of its own, or copies its address. */
export function ReportLink({ store, href, label, main = false }: ReportLinkProps) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="report-link">
      <a
        class={main ? 'button main' : 'button plain'}
        href={href}
        target="_blank"
        rel="noreferrer"
        data-testid="open-report"
      >
        <Icon name="external-link" size={14} />
        <span>{label}</span>
      </a>
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
