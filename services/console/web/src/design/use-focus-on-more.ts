import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** How often it is looked whether a dialog still stands over the target, ms. */
const LOOK_MS = 50;

/** Brings the focus to the next step when there are more of something than one, once no dialog is open. */
export function useFocusOnMore<Element extends HTMLElement>(
  count: number,
): RefObject<Element | null> {
  const target = useRef<Element>(null);
  const before = useRef(1);
  useEffect(() => {
    const more = count > before.current;
    before.current = count;
    if (!more) return undefined;
    const timer = setInterval(() => {
      if (document.querySelector('dialog[open]') !== null) return;
      clearInterval(timer);
      target.current?.focus();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [count]);
  return target;
}
