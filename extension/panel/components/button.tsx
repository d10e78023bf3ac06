import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icons.tsx';

interface ButtonProps {
  children: ComponentChildren;
  /** `main`: the one thing to do in a view. `plain`: beside it. `quiet`: rarely wanted. */
  kind?: 'main' | 'plain' | 'quiet';
  icon?: IconName;
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** Under way: the button waits and says so. */
  busy?: boolean;
  testid?: string;
  onPress?: () => void;
}

export function Button({ children, kind = 'plain', icon, type = 'button', busy = false, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${kind}`}
      disabled={rest.disabled || busy}
      aria-busy={busy}
      data-testid={rest.testid}
      onClick={rest.onPress}
    >
      {busy ? <Icon name="loader-circle" size={14} /> : icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </button>
  );
}
