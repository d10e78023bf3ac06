import type { ComponentChildren } from 'preact';

/** Heading of a view; it takes the focus when the view comes up, so that nobody is left on a button that is gone. */
export function Title({ children, hidden = false }: { children: ComponentChildren; hidden?: boolean }) {
  return (
    <h1 class={hidden ? 'vh' : 'title'} tabIndex={-1} data-view-title>
      {children}
    </h1>
  );
}
