import type { KeyboardEvent } from 'react';

/** Enter in a list would open it or do nothing; here it sends the form, as it does from every other field. */
export function submitOnEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
