/** How long a seat is kept for a case. */
export const HOLD_LIFETIME_MS = 5 * 60_000;
/** Holds a case may take in all: changing one's mind is fine, hoarding is not. */
export const HOLDS_PER_CASE = 20;
