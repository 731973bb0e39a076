import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { nextRow } from './next-row.ts';

/**
 * The rows of a table with one tab stop: arrows, Home, End and page keys move the focus from row to row.
 * What other keys do is the table's own.
 */
export function useGridRows(count: number) {
  const [at, setAt] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const index = Math.min(at, count - 1);
  /** @returns whether the key moved the focus */
  const move = (event: KeyboardEvent): boolean => {
    const next = event.altKey ? undefined : nextRow(event.key, index, count);
    if (next === undefined) return false;
    event.preventDefault();
    body.current?.rows[next]?.focus();
    return true;
  };
  return { body, index, setAt, move };
}
