import type { ComponentChildren } from 'preact';
import type { Store } from '../store.ts';

interface ReportAnchorProps {
  store: Pick<Store, 'send'>;
  scanId: string | null;
  href: string;
  class: string;
  testid?: string;
  children: ComponentChildren;
}

/** A link to a report; a plain click opens it as its owner, which the bare address does not. */
export function ReportAnchor({ store, scanId, href, testid, children, ...rest }: ReportAnchorProps) {
  return (
    <a
      class={rest.class}
      href={href}
      target="_blank"
      rel="noreferrer"
      data-testid={testid}
      onClick={(event) => {
        if (scanId === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void store.send({ type: 'open-report', scanId });
      }}
    >
      {children}
    </a>
  );
}
