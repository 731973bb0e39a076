import type { Desk } from '@madoguchi/console/e2e/browser';
import { axeFaults, openDesk, screenshot, SIZES } from '@madoguchi/console/e2e/browser';
import { focusIsOn, press, pushButton, sees, type } from '@madoguchi/console/e2e/operator';
import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { DemoSignIn } from '@madoguchi/staff/seed-demo/seed-demo';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller, City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';

// The city opens at ten tomorrow, whenever this runs, and its clock goes on from there.
const visitDay = addDays(tokyoDate(new Date()), 1);
let ahead = tokyoInstant(visitDay, '10:05').getTime() - Date.now();
const clock = { now: () => new Date(Date.now() + ahead) };
/** How long a code stands; each counts once. */
const CODE_STEP_MS = 30_000;
const VENUE = '1312300011';
const OTHER_VENUE = '1312300029';
const SLOW_CLOSE_MS = 400;

let city: City;
let venue: Desk;
let office: Desk;
let visitors: Caller[];

beforeAll(async () => {
  city = await startCity({ clock });
  visitors = await city.callers(
    `NOT r.protected AND r.removal_date IS NULL AND r.birth_day < '1990-01-01'`,
  );
  venue = await openDesk();
  office = await openDesk(SIZES[1]);
  await signIn(venue, city.person('venue1'));
  await signIn(office, city.person('city1'));
});
afterAll(async () => {
  await venue?.close();
  await office?.close();
  await city?.world.stop();
});

const codeOf = ({ totpSecret }: DemoSignIn): string =>
  new TOTP({ secret: totpSecret }).generate({ timestamp: clock.now().getTime() });

async function signIn({ page }: Desk, person: DemoSignIn): Promise<void> {
  await page.goto(city.origin);
  await focusIsOn(page, 'ログイン名');
  await type(page, person.login);
  await press(page, 'Tab');
  await type(page, person.password);
  await press(page, 'Tab');
  await type(page, codeOf(person));
  await press(page, 'Enter');
  await sees(page, person.displayName);
}

/** Who is on record as a booking of today at a venue, made over the telephone. */
async function booked(caller: Caller, startsAt: string, venueCode = VENUE): Promise<string> {
  const operator = await city.world.actor('operator');
  const permit = await city.world.permit(operator.id, { kind: 'call' });
  const grant = await city.world.grant({
    operatorId: operator.id,
    role: 'operator',
    residents: [caller.id],
    purposes: ['reservation'],
    caseId: permit.caseId,
  });
  const [slot] = await city.world.sql<{ id: string }>(
    'reservations',
    'SELECT id FROM slot WHERE venue_code = $1 AND day = $2 AND starts_at = $3',
    [venueCode, visitDay, startsAt],
  );
  const answer = await city.world.call(
    contract.bookSlot,
    { residentId: caller.id, doseNumber: 1, slotId: slot?.id ?? '' },
    { actorToken: operator.token, permit: permit.token, grant, idempotencyKey: newId() },
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value.confirmationNumber;
}

/** From the number field on: number, birth date, Enter. */
async function lookUp(number: string, dateOfBirth: string): Promise<void> {
  await focusIsOn(venue.page, '予約番号');
  await type(venue.page, number);
  await press(venue.page, 'Tab');
  await type(venue.page, dateOfBirth);
  await press(venue.page, 'Enter');
}

const stateOf = async (confirmationNumber: string) =>
  (
    await city.world.sql<{ state: string }>(
      'reservations',
      'SELECT state FROM reservation WHERE confirmation_number = $1',
      [confirmationNumber],
    )
  )[0]?.state;

describe('the desk at the entrance of a venue', () => {
  it('receives who has a booking: number, birth date, Enter, Enter', async () => {
    const [first, second] = visitors as [Caller, Caller];
    const one = await booked(first, '10:10');
    const two = await booked(second, '10:10');
    await lookUp(one.replaceAll('-', ''), first.dateOfBirth);
    await sees(venue.page, one);
    await focusIsOn(venue.page, '接種済');
    await screenshot(venue.page, 'product-venue-visitor-1440');
    await press(venue.page, 'Enter');
    await sees(venue.page, `${one} を「接種済」と記録しました。`);
    await lookUp(two.replaceAll('-', '　'), second.dateOfBirth);
    await focusIsOn(venue.page, '接種済');
    await press(venue.page, '2', 'Enter');
    await sees(venue.page, `${two} を「予診で見合わせ」と記録しました。`);
    expect([await stateOf(one), await stateOf(two)]).toEqual(['attended', 'turned-back']);
    await screenshot(venue.page, 'product-venue-done-1440');
    expect(await axeFaults(venue.page)).toEqual([]);
  });

  it('writes a slip right from the list of the last ones', async () => {
    const [, second] = visitors as [Caller, Caller];
    const [row] = await city.world.sql<{ number: string }>(
      'reservations',
      'SELECT confirmation_number AS number FROM reservation WHERE resident_id = $1',
      [second.id],
    );
    const number = row?.number ?? '';
    await pushButton(venue.page, `${number} の記録を訂正`);
    await focusIsOn(venue.page, '接種済');
    await press(venue.page, 'Enter');
    await venue.page.locator('dialog').waitFor({ state: 'detached' });
    await expect.poll(async () => stateOf(number)).toBe('attended');
  });

  it('says why a number is none, and finds nobody of another venue', async () => {
    const third = visitors[2]!;
    const elsewhere = await booked(third, '14:00', OTHER_VENUE);
    const field = venue.page.getByLabel('予約番号か接種券番号');
    await field.focus();
    await lookUp('12345', third.dateOfBirth);
    await sees(venue.page, '予約番号は9桁、接種券番号は10桁です');
    await press(venue.page, 'ControlOrMeta+A');
    await type(venue.page, elsewhere);
    await press(venue.page, 'Enter');
    await sees(venue.page, '区の窓口に電話して番号を伝えてください');
    await screenshot(venue.page, 'product-venue-refused-1440');
    expect(await stateOf(elsewhere)).toBe('booked');
  });

  it('finds nobody whom the register keeps back, whose visit the city records by their number', async () => {
    const hidden = visitors[4]!;
    const number = await booked(hidden, '14:10');
    await city.world.sql(
      'reservations',
      'UPDATE resident_copy SET refer = true WHERE resident_id = $1',
      [hidden.id],
    );
    await venue.page.getByLabel('予約番号か接種券番号').focus();
    await press(venue.page, 'ControlOrMeta+A');
    await lookUp(number, hidden.dateOfBirth);
    await sees(venue.page, '区の窓口に電話して番号を伝えてください');
    const { page } = office;
    await press(page, 'Alt+KeyV');
    await sees(page, '会場からの電話で記録する');
    await page.getByLabel('会場', { exact: true }).selectOption(VENUE);
    await page.getByLabel('予約番号', { exact: true }).focus();
    await type(page, number.slice(0, 5));
    await press(page, 'Enter');
    await sees(page, '予約番号は9桁です');
    // What is said of one number is read, and the next one typed, whether the case before is closed or not.
    await page.route('**/case/close', async (route) => {
      await page.waitForTimeout(SLOW_CLOSE_MS);
      await route.continue();
    });
    await press(page, 'ControlOrMeta+A');
    await type(page, '123-456-788');
    await press(page, 'Enter');
    await sees(page, '本日この会場に、この番号の予約はありません');
    await press(page, 'ControlOrMeta+A');
    await type(page, number);
    await press(page, 'Enter');
    await sees(page, `${number} を「接種済」と記録しました。`);
    await focusIsOn(page, '予約番号');
    await screenshot(page, 'product-venue-city-1024');
    expect(await axeFaults(page)).toEqual([]);
    expect(await stateOf(number)).toBe('attended');
  });

  it('receives a walk-in by ticket and birth date, on a seat of today', async () => {
    const fourth = visitors[3]!;
    await venue.page.getByLabel('予約番号か接種券番号').focus();
    await lookUp(fourth.ticketNumber, fourth.dateOfBirth);
    await sees(venue.page, fourth.name);
    await focusIsOn(venue.page, '1回目');
    await screenshot(venue.page, 'product-venue-walk-in-1440');
    await press(venue.page, 'Enter');
    await sees(venue.page, /の当日枠で受け付けました/u);
    const [row] = await city.world.sql(
      'reservations',
      'SELECT state, channel FROM reservation WHERE resident_id = $1',
      [fourth.id],
    );
    expect(row).toEqual({ state: 'attended', channel: 'walk-in' });
  });

  it('fetches the day sheet once the city agreed', async () => {
    const { page } = venue;
    // The codes of the sign-ins are used up; copies may be as old as this.
    ahead += CODE_STEP_MS;
    await pushButton(page, '当日名簿');
    await sees(page, '名簿は氏名の一覧です');
    await page.getByLabel('理由').fill('本日の受付で本人確認に使うため');
    await pushButton(page, '承認を申請');
    await sees(page, '確認コードの再入力');
    await type(page, codeOf(city.person('venue1')));
    await press(page, 'Enter');
    await sees(page, '承認待ち');
    await press(office.page, 'Alt+Digit7');
    await sees(office.page, '本日の受付で本人確認に使うため');
    await screenshot(office.page, 'product-venue-approval-1024');
    await pushButton(office.page, '承認する');
    await sees(office.page, '確認コードの再入力');
    await type(office.page, codeOf(city.person('city1')));
    await press(office.page, 'Enter');
    await sees(office.page, '承認しました');
    await sees(page, '承認済み');
    const download = page.waitForEvent('download');
    await pushButton(page, '名簿を取り出す');
    expect((await download).suggestedFilename()).toBe(`${VENUE}-${visitDay}.pdf`);
    await sees(page, '名簿を保存しました。');
    await screenshot(page, 'product-venue-sheet-1440');
    await press(page, 'Escape');
  });

  it('fits the small screen', async () => {
    await venue.page.setViewportSize(SIZES[1]);
    await screenshot(venue.page, 'product-venue-1024');
    expect(await axeFaults(venue.page)).toEqual([]);
  });
});
