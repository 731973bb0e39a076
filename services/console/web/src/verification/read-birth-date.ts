/** How a typed birth date is understood; undefined while it is not a date yet. */
export type BirthDateReading =
  | { kind: 'date'; gregorian: string; era: string; age: number }
  | { kind: 'impossible'; hint: string };

export function readBirthDate(_typed: string, _now: Date): BirthDateReading | undefined {
  return undefined;
}
