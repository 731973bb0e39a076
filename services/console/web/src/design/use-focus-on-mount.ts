import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** Brings the focus to an element as soon as it appears: the next thing to do after a step. */
export function useFocusOnMount<Element extends HTMLElement>(): RefObject<Element | null> {
  const element = useRef<Element>(null);
  useEffect(() => {
    element.current?.focus();
  }, []);
  return element;
}
