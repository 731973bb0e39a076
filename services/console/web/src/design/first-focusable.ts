const CANDIDATES =
  'input:not(:disabled), select:not(:disabled), textarea, button:not(:disabled), [tabindex="0"]';

/** Where the focus goes when an area opens: the marked element, else the first visible that takes it. */
export function firstFocusable(within: HTMLElement | null): HTMLElement | undefined {
  if (within === null) return undefined;
  const marked = [...within.querySelectorAll<HTMLElement>('[data-first-focus]')];
  const all = [...within.querySelectorAll<HTMLElement>(CANDIDATES)];
  return [...marked, ...all].find((element) => element.checkVisibility());
}
