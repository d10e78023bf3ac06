import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icons.tsx';

const ICONS = { bad: 'circle-alert', warn: 'triangle-alert', info: 'info' } as const satisfies Record<string, IconName>;

interface NoticeProps {
  tone: keyof typeof ICONS;
  children: ComponentChildren;
  action?: ComponentChildren;
  testid?: string;
}

/** A calm box with a glyph: what to know, and at most one thing to press. */
export function Notice({ tone, children, action, testid }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} data-testid={testid}>
      <Icon name={ICONS[tone]} />
      <div class="notice-body">{children}</div>
      {action}
    </div>
  );
}

/** Why the last thing the user asked for was refused; nothing when it was not. */
export function Problem({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <Notice tone="bad" testid="problem">
          {text}
        </Notice>
      )}
    </div>
  );
}
