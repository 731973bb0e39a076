import type { ReactNode } from 'react';

/** A key as printed on the keyboard; the screen reader hears it from `aria-keyshortcuts` instead. */
export function KeyHint({ children }: { children: string }): ReactNode {
  return (
    <kbd className="key" aria-hidden="true">
      {children}
    </kbd>
  );
}
