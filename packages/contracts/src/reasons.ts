/** In characters: enough that somebody can be asked about it later. */
export const SHORTEST_REASON = 10;

/** A reason that says something; anything less is refused with `reason_too_short`. */
export const isReason = (text: string): boolean =>
  Array.from(text.trim()).length >= SHORTEST_REASON;
