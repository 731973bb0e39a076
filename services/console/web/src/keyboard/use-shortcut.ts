import { useEffect, useEffectEvent } from 'react';
import { SHORTCUTS } from './shortcuts.ts';
import type { ShortcutName } from './shortcuts.ts';

/** Runs `action` on a global key while the component is on the screen and no dialog is open. */
export function useShortcut(name: ShortcutName, action: () => void, active = true): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    if (!active) return undefined;
    const { code, alt } = SHORTCUTS[name];
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.code !== code || event.altKey !== alt || event.ctrlKey || event.metaKey) return;
      if (event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (document.querySelector('dialog[open]') === null) run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [name, active]);
}
