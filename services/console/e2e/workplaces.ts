import type { Page } from 'playwright-core';
import { openDesk, SIZES } from './browser.ts';
import type { Size } from './browser.ts';
import { sees, signIn, verify, wordsOf } from './operator.ts';
import { callIn, extensionOf, personOf, startProduct } from './product.ts';
import type { Caller, Product, SignIn } from './product.ts';

export type Workplace = { page: Page; person: SignIn };
type Seat = { role: string; index?: number; size?: Size };

export type Workplaces<Name extends string> = {
  product: Product;
  at: Record<Name, Workplace>;
  close: () => Promise<void>;
};

/** The product with a browser of their own for each of these people, signed in. */
export async function openWorkplaces<Name extends string>(
  seats: Record<Name, Seat>,
): Promise<Workplaces<Name>> {
  const names = Object.keys(seats) as Name[];
  const product = await startProduct();
  const desks = await Promise.all(names.map(async (name) => openDesk(seats[name].size)));
  const close = async (): Promise<void> => {
    await Promise.all(desks.map(async (desk) => desk.close()));
    await product.stop();
  };
  const at: Partial<Record<Name, Workplace>> = {};
  try {
    for (const [index, name] of names.entries()) {
      const { role, index: number } = seats[name];
      const page = desks[index]?.page;
      if (page === undefined) throw new Error(`no browser for ${name}`);
      const person = personOf(product, role, number);
      await signIn(page, product, person);
      at[name] = { page, person };
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { product, at: at as Record<Name, Workplace>, close };
}

/** An operator at the large screen, the city at the small one. */
export const OPERATOR_AND_CITY = {
  operator: { role: 'operator' },
  city: { role: 'city-staff', size: SIZES[1] },
} as const satisfies Record<string, Seat>;

/** A call of this person, answered at the workplace. */
export async function callOf(
  product: Product,
  { page, person }: Workplace,
  caller: Caller,
): Promise<void> {
  await callIn(product, extensionOf(person), caller.telephone);
  await sees(page, '通話中');
}

/** A call of this person, verified for the purpose with this digit. */
export async function serve(
  product: Product,
  workplace: Workplace,
  { caller, purpose = '2' }: { caller: Caller; purpose?: string },
): Promise<void> {
  await callOf(product, workplace, caller);
  await verify(workplace.page, purpose, wordsOf(caller));
  await sees(workplace.page, '本人を確認しました');
}
