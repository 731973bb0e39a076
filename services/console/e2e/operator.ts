import type { Page } from 'playwright-core';
import { freshCode } from './product.ts';
import type { Caller, Product, SignIn } from './product.ts';

/** Whether the field with the focus holds this text. */
const holds = (page: Page, text: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const field = document.activeElement;
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    return !isField || field.value.includes(wanted);
  }, text);

/**
 * What is typed goes to whatever has the focus: no mouse, no clicking into fields. Text that is inserted in
 * the moment a field takes the focus can be dropped by the browser under load, which typed keys are not; it
 * is inserted again then.
 */
export async function type(page: Page, text: string): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await page.keyboard.insertText(text);
    if (await holds(page, text)) return;
    await page.waitForTimeout(100);
    if (await holds(page, text)) return;
  }
  throw new Error('what was typed did not arrive in the field');
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/**
 * A day as screens say it, from `YYYY-MM-DD` or from `1月26日` as it was read off one. 11月26日 ends in
 * the same letters and is another day.
 */
export function saidDay(day: string): RegExp {
  const [month, date] = day
    .split(/[月日-]/u)
    .filter(Boolean)
    .slice(-2)
    .map(Number);
  return new RegExp(`(?<!\\d)${month}月${date}日`, 'u');
}

/** Waits until a text stands on the screen. */
export async function sees(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 15_000 });
}

/** Waits until the focus is on an element with this accessible text. */
export async function focusIsOn(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const element = document.activeElement;
      // Between two steps nothing has the focus: then it is on the body, which holds every text.
      if (element === document.body) return false;
      const labelled = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const label = labelled ? element.labels?.[0] : undefined;
      return ((label ?? element)?.textContent ?? '').includes(wanted);
    },
    text,
    { timeout: 15_000 },
  );
}

export async function signIn(page: Page, product: Product, person: SignIn): Promise<void> {
  await page.goto(product.origin);
  await focusIsOn(page, 'ログイン名');
  await type(page, person.login);
  await press(page, 'Tab');
  await type(page, person.password);
  await press(page, 'Tab');
  await type(page, await freshCode(person.totpSecret, product.now));
  await press(page, 'Enter');
  const signedIn = page.getByText(person.displayName).first();
  await signedIn.waitFor({ timeout: 30_000 }).catch(async (error: unknown) => {
    const words = await page.locator('body').textContent();
    throw new Error(`not signed in; the page says: ${words}`, { cause: error });
  });
  await page.locator('.line-mark:not(.line-mark--broken)').waitFor({ state: 'attached' });
}

export type Said = Partial<Record<'name' | 'dateOfBirth' | 'address' | 'ticketNumber', string>>;

/** Types what the caller says, field by field from the purpose on, and sends it. */
export async function verify(page: Page, purposeDigit: string, said: Said): Promise<void> {
  await press(page, 'Alt+Digit1', purposeDigit);
  for (const item of ['name', 'dateOfBirth', 'address', 'ticketNumber'] as const) {
    await press(page, 'Tab', 'ControlOrMeta+A');
    const text = said[item];
    if (text === undefined) await press(page, 'Delete');
    else await type(page, text);
  }
  await press(page, 'Enter');
}

/** What an ordinary caller says of themself. */
export function wordsOf(caller: Caller): Said {
  const { nameKana, dateOfBirth, address, ticketNumber } = caller;
  return { name: nameKana, dateOfBirth, address, ticketNumber };
}

/** Gives the fresh code that the dialog asks for. */
export async function stepUp(page: Page, person: SignIn): Promise<void> {
  await sees(page, '確認コードの再入力');
  await type(page, await freshCode(person.totpSecret));
  await press(page, 'Enter');
  await page.getByText('確認コードの再入力').waitFor({ state: 'detached' });
}

/** Types into the field of a label of the dialog, in place of what stands there. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).first().focus();
  await press(page, 'ControlOrMeta+A');
  await type(page, text);
}

/** Presses a button by its name, from the keyboard. */
export async function pushButton(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().focus();
  await press(page, 'Enter');
}

/** Closes the case with the first after-call code. */
export async function finish(page: Page, codeDigit: string): Promise<void> {
  await press(page, 'Alt+Digit5');
  await focusIsOn(page, '予約を取った');
  await press(page, codeDigit, 'Enter');
  await sees(page, '待機中');
}

/** The words of the desk without what differs from call to call (clock, number, case). */
export async function wordsOnDesk(page: Page): Promise<string> {
  return page.evaluate(() => {
    const desk = document.querySelector('.call-desk');
    const copy = desk?.cloneNode(true) as HTMLElement;
    for (const fact of copy.querySelectorAll('.banner__facts')) fact.remove();
    return copy.textContent.replaceAll(/\s+/g, ' ');
  });
}
