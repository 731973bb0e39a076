/** A fact of a refusal: plain JSON. */
export type Detail =
  | string
  | number
  | boolean
  | readonly Detail[]
  | { readonly [name: string]: Detail };

/** Why something was refused: a stable code, and facts that the caller may know. */
export type Refusal<C extends string = string> = {
  code: C;
  details?: Record<string, Detail>;
};

/** Outcome of anything that can be refused. Faults and bugs are thrown, refusals are returned. */
export type Result<T, R = Refusal> = { ok: true; value: T } | { ok: false; refusal: R };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse<const C extends string>(
  code: C,
  details?: Refusal['details'],
): { ok: false; refusal: Refusal<C> } {
  return { ok: false, refusal: details === undefined ? { code } : { code, details } };
}
