import type { Random } from './random.ts';

export type Member = { age: number; sex: 'M' | 'F'; relation: 'head' | 'spouse' | 'child' };

/** Five-year shares of the city's age pyramid in per mille, 0–4 to 90+ (an estimate; 65+ is the city's figure). */
export const AGE_SHARES: readonly number[] = [
  39, 43, 44, 46, 64, 69, 65, 68, 73, 86, 81, 63, 49, 49, 59, 46, 33, 17, 9,
];
const FIRST_ADULT_BAND = 4;
/**
 * Heads of households by the same bands, from 20–24 on: fitted so that they, their spouses and children
 * together come out as `AGE_SHARES`.
 */
const HEAD_SHARES: readonly number[] = [39, 50, 60, 56, 58, 74, 70, 53, 42, 45, 59, 43, 32, 16, 8];

const otherSex = (sex: 'M' | 'F'): 'M' | 'F' => (sex === 'M' ? 'F' : 'M');
const anySex = (random: Random): 'M' | 'F' => (random.chance(0.5) ? 'M' : 'F');

function adultAge(random: Random): number {
  const bands = HEAD_SHARES.map((share, index) => ({ share, band: FIRST_ADULT_BAND + index }));
  const { band } = random.weighted(bands, (one) => one.share);
  const last = band === AGE_SHARES.length - 1;
  return band * 5 + (last ? Math.floor(12 * random.next() ** 2) : random.between(0, 4));
}

function children(random: Random, parentAge: number): Member[] {
  const count = random.weighted([1, 2, 3], (one) => [0, 48, 40, 12][one] ?? 0);
  return Array.from({ length: count }, () => ({
    age: parentAge - random.between(23, Math.min(42, parentAge)),
    sex: anySex(random),
    relation: 'child' as const,
  })).filter((child) => child.age < 30);
}

type Shape = 'single' | 'couple' | 'family' | 'one-parent' | 'with-adult-child';

function shapeFor(random: Random, age: number): Shape {
  const mayHaveChildren = age >= 26 && age < 62;
  const shares: Record<Shape, number> = {
    single: age < 30 ? 80 : 48,
    couple: age < 26 ? 6 : age >= 60 ? 40 : 14,
    family: mayHaveChildren ? (age < 36 ? 20 : 46) : 0,
    'one-parent': mayHaveChildren ? (age < 36 ? 4 : 9) : 0,
    'with-adult-child': age >= 60 ? 14 : 0,
  };
  return random.weighted(Object.keys(shares) as Shape[], (shape) => shares[shape]);
}

/** Who lives together: ages and sexes that fit each other and, over many, the city's pyramid. */
export function inventHousehold(random: Random): Member[] {
  const age = adultAge(random);
  const shape = shapeFor(random, age);
  const sex = shape === 'one-parent' ? (random.chance(0.85) ? 'F' : 'M') : anySex(random);
  const head: Member = { age, sex, relation: 'head' };
  const spouse = (): Member => ({
    age: Math.max(20, age + random.between(-6, 6)),
    sex: otherSex(sex),
    relation: 'spouse',
  });
  switch (shape) {
    case 'single':
      return [head];
    case 'couple':
      return [head, spouse()];
    case 'family':
      return [head, spouse(), ...children(random, age)];
    case 'one-parent':
      return [head, ...children(random, age)];
    case 'with-adult-child':
      return [
        head,
        { age: Math.max(20, age - random.between(24, 38)), sex: anySex(random), relation: 'child' },
      ];
  }
}
