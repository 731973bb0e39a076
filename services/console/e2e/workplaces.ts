import { addDays, tokyoDate } from '@madoguchi/kernel';
import type { Locator, Page } from 'playwright-core';
import { openDesk, SIZES } from './browser.ts';
import type { Size } from './browser.ts';
import {
  finish,
  focusIsOn,
  press,
  pushButton,
  sees,
  signIn,
  stepUp,
  type,
  verify,
  wordsOf,
} from './operator.ts';
import { callIn, extensionOf, freshCode, pause, personOf, startProduct } from './product.ts';
import type { Caller, Product, SignIn } from './product.ts';

/** Permits and grants live for five minutes and are renewed in the last ninety seconds of them. */
const STEP_MS = 110_000;
const SIGN_OF_LIFE_MS = 16_000;

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
  options: { at?: Date } = {},
): Promise<Workplaces<Name>> {
  const names = Object.keys(seats) as Name[];
  const product = await startProduct(options);
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
      if (options.at !== undefined) await page.clock.setSystemTime(product.now());
      await signIn(page, product, person);
      at[name] = { page, person };
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { product, at: at as Record<Name, Workplace>, close };
}

/**
 * Puts the clock of the product and of every browser forward, no more than a case can be left alone for at a time:
 * what an operator does meanwhile keeps their session and their case alive.
 */
export async function letTimePass(
  { product, at }: { product: Product; at: Record<string, Workplace> },
  ms: number,
): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    await product.putForward(Math.min(left, STEP_MS));
    for (const workplace of Object.values(at)) {
      await workplace.page.clock.setSystemTime(product.now());
      await ask(workplace, '/venues', {});
    }
  }
  // Owners of copies give their next sign of life; until then nobody could be decided on.
  await pause(SIGN_OF_LIFE_MS);
}

/** An operator and the city at the large screen, the supervisor desk at the small one. */
export const OPERATOR_DESK_AND_CITY = {
  operator: { role: 'operator' },
  supervisor: { role: 'senior-operator', size: SIZES[1] },
  city: { role: 'city-staff' },
} as const satisfies Record<string, Seat>;

/** Two operators, the first at the small screen, and the city. */
export const TWO_OPERATORS_AND_CITY = {
  operator: { role: 'operator', size: SIZES[1] },
  other: { role: 'operator', index: 1 },
  city: { role: 'city-staff' },
} as const satisfies Record<string, Seat>;

/** An operator at the large screen, the city at the small one. */
export const OPERATOR_AND_CITY = {
  operator: { role: 'operator' },
  city: { role: 'city-staff', size: SIZES[1] },
} as const satisfies Record<string, Seat>;

/** An operator at the large screen, the city at the small one, and somebody else of the city. */
export const OPERATOR_AND_TWO_OF_THE_CITY = {
  operator: { role: 'operator' },
  city: { role: 'city-staff', size: SIZES[1] },
  second: { role: 'city-staff', index: 1 },
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

/** The task that is open. */
export const taskOf = (page: Page): Locator => page.locator('.work-area__task:not([hidden])');

/** From the first field of the search to the ways of booking, and to one of them. */
export async function chooseWay(page: Page, digit: string): Promise<void> {
  await focusIsOn(page, '会場');
  await press(page, 'Shift+Tab', 'Shift+Tab', digit);
}

/** Waits until the focus is in the list of slots. */
export const focusOnRow = async (page: Page): Promise<void> =>
  page.locator('tr:focus').waitFor({ timeout: 15_000 });

/** Lists the slots of a venue from a day on; the focus is on the first. */
export async function findSlots(
  page: Page,
  { venueCode, day }: { venueCode: string; day: string },
): Promise<void> {
  const task = taskOf(page);
  await task.getByLabel('会場', { exact: true }).selectOption(venueCode);
  await task.getByLabel('いつから').fill(day);
  await task.getByLabel('いつから').focus();
  await press(page, 'Enter');
  await focusOnRow(page);
}

/** A call of this person, verified for a booking, with the slots of a venue from a day on listed. */
export async function listSlots(
  product: Product,
  workplace: Workplace,
  { caller, ...place }: { caller: Caller; venueCode: string; day: string },
): Promise<void> {
  await serve(product, workplace, { caller });
  await focusIsOn(workplace.page, '会場');
  await findSlots(workplace.page, place);
}

/** Holds the slot with the focus, reads it back and books it. */
export async function bookFocused({ page }: Workplace): Promise<void> {
  await press(page, 'Enter');
  await focusIsOn(page, '予約を確定する');
  await press(page, 'Enter');
  await sees(page, '予約を確定しました');
}

/** The booking of who is verified there is cancelled as they wish, and the case closed. */
export async function cancelAsWished({ page }: Workplace): Promise<void> {
  await press(page, 'Alt+Digit3');
  await pushButton(page, '取り消す');
  await focusIsOn(page, '本人の都合');
  await press(page, 'Enter');
  await sees(page, '予約を取り消しました');
  await finish(page, '3');
}

/** Takes the slot with the focus instead of the booking. */
export async function moveToFocused({ page }: Workplace): Promise<void> {
  await press(page, 'Enter');
  await focusIsOn(page, '予約を変更する');
  await press(page, 'Enter');
  await sees(page, '予約番号');
}

/** Whoever works there agrees to what waits; is asked for a code once in five minutes. */
export async function approve({ page, person }: Workplace, kind: string): Promise<void> {
  await press(page, 'Alt+Digit6', 'Alt+Digit7');
  await sees(page, kind);
  await pushButton(page, '承認する');
  const code = page.getByText('確認コードの再入力');
  const done = page.getByText('承認しました。');
  await code.or(done).first().waitFor();
  if (await code.isVisible()) await stepUp(page, person);
  await done.waitFor();
}

/** Asks for a second person's yes in the dialog that wants one; the focus stands before its reason. */
export async function askForApproval(
  { page, person }: Workplace,
  { reason, freshly }: { reason: string; freshly: boolean },
): Promise<void> {
  await press(page, 'Tab');
  await focusIsOn(page, '理由');
  await type(page, reason);
  await press(page, 'Tab', 'Enter');
  if (freshly) await stepUp(page, person);
  await sees(page, '承認待ち');
}

/** Closes a session at once, as in an emergency; for stories that begin behind it. */
export async function closeAtOnce(city: Workplace, sessionId: string): Promise<void> {
  await ask(city, '/session/step-up', { code: await freshCode(city.person.totpSecret) });
  const emergency = { explanation: '台風の接近により会場が閉鎖された' };
  await ask(city, '/sessions/close', { sessionId, reason: 'bad-weather', emergency });
}

/** What the page of a workplace can ask the server itself; for what a story begins with. */
export async function ask<Reply>({ page }: Workplace, path: string, body: unknown): Promise<Reply> {
  const answer = await page.evaluate(
    async ([to, text]) => {
      const response = await fetch(`/api/v1${to}`, {
        method: 'POST',
        headers: {
          'x-madoguchi': 'console',
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: text,
      });
      return { ok: response.ok, text: await response.text() };
    },
    [path, JSON.stringify(body)] as const,
  );
  if (!answer.ok) throw new Error(`${path}: ${answer.text}`);
  return JSON.parse(answer.text) as Reply;
}

/** A session of a hall far ahead with so many seats a slot, opened by the city; its day. */
export async function smallSession(
  city: Workplace,
  { venueCode, days, seats }: { venueCode: string; days: number; seats: number },
): Promise<{ day: string; sessionId: string }> {
  const day = dayIn(days);
  const { products } = await ask<{ products: { productCode: string }[] }>(city, '/venues', {});
  const { sessionId } = await ask<{ sessionId: string }>(city, '/sessions/open', {
    venueCode,
    day,
    productCode: products[0]?.productCode,
    pattern: {
      startsAt: '10:00',
      endsAt: '10:30',
      slotMinutes: 10,
      capacity: seats,
      quotas: { phone: 0, web: 0, staff: 0, 'walk-in': 0 },
    },
    opensAt: new Date().toISOString(),
  });
  return { day, sessionId };
}

/** A day so many days ahead, `YYYY-MM-DD`. Of the demo's venues the halls are open on it, whatever day it is. */
export const dayIn = (days: number): string => addDays(tokyoDate(new Date()), days);
