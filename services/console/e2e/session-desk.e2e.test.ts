import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, calendarDate, mondayOf } from '@madoguchi/kernel';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot, SIZES } from './browser.ts';
import { focusIsOn, press, pushButton, saidDay, sees } from './operator.ts';
import { ask, openWorkplaces, dayIn } from './workplaces.ts';
import type { Workplace } from './workplaces.ts';

const VENUE = '1312300011';
const PRODUCT = 'MDG-XA';

let city: Workplace;
let page: Page;
let dialog: Locator;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  const opened = await openWorkplaces({ city: { role: 'city-staff' } });
  ({ close } = opened);
  ({ city } = opened.at);
  ({ page } = city);
  dialog = page.locator('dialog');
  await press(page, 'Alt+KeyA');
  await sees(page, '会場の予約枠');
});
afterAll(async () => close?.());

type Session = {
  sessionId: string;
  day: string;
  state: string;
  slots: number;
  pattern: { quotas: Record<string, number>; gaps: unknown[]; extraAtStart: number };
};
const sessionsOf = async (from: string, to = from): Promise<Session[]> =>
  (await ask<{ sessions: Session[] }>(city, '/sessions/list', { venueCode: VENUE, from, to }))
    .sessions;

/** The screen at both sizes, each without a fault of access. */
async function looked(name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await screenshot(page, `product-${name}-${size.width}`);
    expect(await axeFaults(page)).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]);
}

/** The list shows one day of the venue as it is now, and its first session is chosen from the keyboard. */
async function chooseDay(day: string): Promise<void> {
  const said = saidDay(day);
  const rows = page.locator('.sessions__list tbody tr');
  await page.getByLabel('会場').first().selectOption(VENUE);
  await page.getByLabel('いつから').fill(day);
  // A range that was there already would not be asked for again.
  await page.getByLabel('いつまで').fill(addDays(calendarDate(day), 1));
  await page.getByLabel('いつまで').fill(day);
  await expect
    .poll(async () => rows.allTextContents(), { timeout: 15_000 })
    .toSatisfy((texts: string[]) => texts.length > 0 && texts.every((text) => said.test(text)));
  await rows.first().focus();
  await sees(page, '1枠あたり');
  await press(page, 'Enter');
  await page.locator('button:focus').waitFor();
}

describe('a pattern', () => {
  const day = dayIn(70);

  it('follows the hours of the venue, also where they arrive after the day was typed', async () => {
    const hours = Promise.withResolvers<undefined>();
    await page.route('**/venues/list', async (route) => {
      await hours.promise;
      await route.continue();
    });
    await pushButton(page, '枠を開く');
    await dialog.getByRole('combobox', { name: '会場' }).selectOption(VENUE);
    await dialog.getByLabel('ワクチン').selectOption(PRODUCT);
    await dialog.getByLabel('日', { exact: true }).fill(day);
    await dialog.getByLabel('1枠の席').fill('4');
    await dialog.getByText('42枠・168席').waitFor();
    hours.resolve(undefined);
    await dialog.getByText('39枠・156席').waitFor();
    await page.unroute('**/venues/list');
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is entered from field to field, with gaps and more seats at the start', async () => {
    await pushButton(page, '枠を開く');
    await focusIsOn(page, '会場');
    await press(page, 'Enter');
    await dialog.getByText('入力が足りないか、読み取れない欄があります。').waitFor();
    await dialog.getByRole('combobox', { name: '会場' }).selectOption(VENUE);
    await press(page, 'Tab');
    await focusIsOn(page, 'ワクチン');
    await dialog.getByLabel('ワクチン').selectOption(PRODUCT);
    await dialog.getByLabel('日', { exact: true }).fill(day);
    await dialog.getByText('この曜日の会場の時間 09:00–12:00、13:00–16:30').waitFor();
    await dialog.getByLabel('1枠の席').fill('4');
    await dialog.getByLabel('最初に追加').fill('2');
    await pushButton(page, '休憩を足す');
    await dialog.getByLabel('休憩 開始').nth(1).fill('15:00');
    await dialog.getByText('休憩は開始と終了の両方を入れてください').waitFor();
    await dialog.getByLabel('休憩 終了').nth(1).fill('15:10');
    await dialog.getByText('38枠・154席・最初の枠 09:00 は6席').waitFor();
    await looked('session-pattern');
  });

  it('is refused with what is wrong, member by member, and nothing typed is lost', async () => {
    await dialog.getByLabel('電話').fill('9');
    await dialog.getByText('確保 9 が1枠の 4 席を超えています').waitFor();
    await dialog.getByLabel('休憩 開始').nth(1).fill('18:00');
    await dialog.getByLabel('休憩 終了').nth(1).fill('18:10');
    await dialog.getByLabel('1枠の席').focus();
    await press(page, 'Enter');
    await dialog
      .getByText('休憩 18:00–18:10 が、枠の時間 09:00–16:30 の外にかかっています。')
      .waitFor();
    await dialog.getByText('確保する席の合計 9 が、1枠の席 4 を超えています。').waitFor();
    await looked('session-pattern-wrong');
  });

  it('is refused outside the hours of the venue, which are named', async () => {
    await dialog.getByLabel('電話').fill('2');
    await dialog.getByLabel('休憩 開始').nth(1).fill('15:00');
    await dialog.getByLabel('休憩 終了').nth(1).fill('15:10');
    await dialog.getByLabel('開始', { exact: true }).fill('06:00');
    await press(page, 'Enter');
    await dialog.getByText(/この曜日の会場の時間は .*06:00–06:10 など/u).waitFor();
    await looked('session-outside-hours');
    await dialog.getByLabel('開始', { exact: true }).fill('09:00');
    await dialog.getByLabel('日', { exact: true }).fill('2126-11-26');
    await press(page, 'Enter');
    await dialog.getByText('その日の予約枠はまだ開けません').waitFor();
    await dialog.getByLabel('日', { exact: true }).fill(day);
    await press(page, 'Enter');
    await sees(page, '38枠を開きました');
    expect(await sessionsOf(day)).toMatchObject([
      { slots: 38, pattern: { extraAtStart: 2, gaps: [{ from: '12:00' }, { from: '15:00' }] } },
    ]);
  });
});

describe('a week that is copied', () => {
  const from = mondayOf(calendarDate(dayIn(28)));
  const last = addDays(from, 27);

  const copy = async (): Promise<void> => {
    await pushButton(page, '週を写す');
    await focusIsOn(page, '会場');
    await dialog.getByRole('combobox', { name: '会場' }).selectOption(VENUE);
    await dialog.getByLabel('写す週の初日').fill(from);
    await dialog.getByLabel('何週分').fill('3');
    await press(page, 'Enter');
    await dialog.getByText(/件の予約枠を写し/u).waitFor();
  };

  it('says of each day whether it was copied, and why not', async () => {
    const before = await sessionsOf(from, last);
    const week = before.filter(({ day }) => day < addDays(from, 7));
    await copy();
    await looked('session-copied');
    const lines = await dialog.locator('.rows li').allTextContents();
    expect(lines).toHaveLength(3 * week.length);
    const made = lines.filter((line) => line.includes('枠') && !line.includes('すでに枠'));
    expect(lines.some((line) => line.includes('すでに枠がある'))).toBe(true);
    await focusIsOn(page, '閉じる');
    await press(page, 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await sees(page, `${made.length}件の予約枠を写し`);
    const after = await sessionsOf(from, last);
    expect(after).toHaveLength(before.length + made.length);
    for (const { day } of after)
      expect(new Set(after.filter((one) => one.day === day).map((one) => one.slots)).size).toBe(1);
  });

  it('makes nothing where all of it is there already', async () => {
    const before = await sessionsOf(from, last);
    await copy();
    await dialog.getByText(/^0件の予約枠を写し/u).waitFor();
    await focusIsOn(page, '閉じる');
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await sessionsOf(from, last)).toEqual(before);
  });
});

describe('a closed session', () => {
  const day = dayIn(77);
  let sessionId: string;

  it('is opened again from the keyboard', async () => {
    const opened = await ask<{ sessionId: string }>(city, '/sessions/open', {
      venueCode: VENUE,
      day,
      productCode: PRODUCT,
      pattern: {
        startsAt: '10:00',
        endsAt: '11:00',
        slotMinutes: 10,
        capacity: 4,
        quotas: { phone: 1, web: 1, staff: 0, 'walk-in': 0 },
      },
      opensAt: new Date().toISOString(),
    });
    ({ sessionId } = opened);
    await ask(city, '/sessions/close', { sessionId, reason: 'bad-weather' });
    await chooseDay(day);
    await pushButton(page, '再開する');
    await dialog.getByText('すでに移した人は戻りません').waitFor();
    await looked('session-reopen');
    await dialog.getByRole('button', { name: '再開する' }).focus();
    await press(page, 'Enter');
    await sees(page, '再開しました。折返しの列から 0人を外しました。');
    expect(await sessionsOf(day)).toMatchObject([{ state: 'open' }]);
  });

  it('has to be closed when its venue closes on that weekday later, and stays closed', async () => {
    const { venues } = await ask<{ venues: Record<string, unknown>[] }>(city, '/venues/list', {});
    const { revision, ...venue } = venues.find(({ venueCode }) => venueCode === VENUE) ?? {};
    const put = (openingHours: unknown, as: unknown) =>
      ask<{ revision: number }>(city, '/venues/put', {
        venue: { ...venue, openingHours },
        revision: as,
        reason: '曜日の見直しによる変更です。',
      });
    const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][
      new Date(`${day}T00:00:00Z`).getUTCDay()
    ];
    const hours = venue['openingHours'] as { weekday: string }[];
    const changed = await put(
      hours.filter((one) => one.weekday !== weekday),
      revision,
    );
    await expect
      .poll(
        async () => {
          await chooseDay(day);
          return page.getByText('会場の休みの曜日になりました').count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await looked('session-to-be-closed');
    await ask(city, '/sessions/close', { sessionId, reason: 'venue-unavailable' });
    await chooseDay(day);
    await page.getByLabel('状態').selectOption('closed');
    await page.locator('.sessions__list tbody tr').first().focus();
    await pushButton(page, '再開する');
    await dialog.getByRole('button', { name: '再開する' }).focus();
    await press(page, 'Enter');
    await dialog.getByText('会場の休業日です').waitFor();
    await press(page, 'Escape');
    await page.getByLabel('状態').selectOption('');
    await put(hours, changed.revision);
  });
});

describe('seats kept for the channels', () => {
  const day = dayIn(70);

  it('are planned from what holds now, for a day to come or at once', async () => {
    await chooseDay(day);
    await pushButton(page, '配分の予定を立てる');
    await focusIsOn(page, 'いつから');
    expect(await dialog.getByLabel('電話').inputValue()).toBe('2');
    await dialog.getByLabel('いつから').fill('2026-01-01T09:00');
    await dialog.getByText('過ぎた時刻なので').waitFor();
    const at = `${dayIn(60)}T09:00`;
    await dialog.getByLabel('いつから').fill(at);
    await dialog.getByLabel('ウェブ').fill('9');
    await dialog.getByText('確保 11 が1枠の 4 席を超えています').waitFor();
    await press(page, 'Enter');
    await dialog.getByText('確保する席の合計 11 が').waitFor();
    await dialog.getByLabel('ウェブ').fill('2');
    await looked('session-plan');
    await press(page, 'Enter');
    await sees(page, 'からの配分の予定を立てました');
    await page.locator('.sessions__list tbody tr').first().focus();
    await page.locator('.facts').getByText('配分の予定').waitFor();
    await looked('session-planned');
  });

  it('hold at once where the time is past', async () => {
    const [session] = await sessionsOf(day);
    await ask(city, '/sessions/quotas', {
      sessionId: session?.sessionId,
      at: '2026-01-01T00:00:00Z',
      quotas: { phone: 1, web: 3, staff: 0, 'walk-in': 0 },
    });
    await expect
      .poll(async () => (await sessionsOf(day))[0]?.pattern.quotas, { timeout: 10_000 })
      .toMatchObject({ phone: 1, web: 3 });
  });
});

describe('a file of sessions', () => {
  const day = dayIn(70);

  it('goes out, and comes in whole or with every fault by line', async () => {
    await chooseDay(day);
    await pushButton(page, 'CSV');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      pushButton(page, '表示中の期間を書き出す'),
    ]);
    const path = join(tmpdir(), `sessions-${process.pid}.csv`);
    await file.saveAs(path);
    const bytes = readFileSync(path);
    const text = new TextDecoder(bytes[0] === 0xef ? 'utf-8' : 'shift_jis').decode(bytes);
    expect(text).toContain(`${VENUE},${day},${PRODUCT},09:00,16:30,10,12:00-13:00;15:00-15:10,4,2`);
    const choose = async (content: string): Promise<void> => {
      writeFileSync(path, content);
      const field = dialog.getByLabel('取り込むファイル');
      const picker = page.waitForEvent('filechooser');
      await field.focus();
      await press(page, 'Enter');
      await (await picker).setFiles(path);
    };
    const next = dayIn(84);
    await choose(text);
    await pushButton(page, '検査だけする');
    await dialog.getByText(/同じ時間の予約枠がすでにあります/u).waitFor();
    const wrong = text.replaceAll(day, next).replace('12:00-13:00;', '06:00-13:00;');
    await choose(wrong);
    await pushButton(page, '検査だけする');
    await dialog.getByText(/2行目 休憩/u).waitFor();
    await looked('session-file-wrong');
    await choose(text.replaceAll(day, '2126-01-07'));
    await pushButton(page, /^取り込む(?!ファイル)/u);
    await dialog.getByText(/2行目 接種日.まだ枠を開けない先の日です/u).waitFor();
    expect(await sessionsOf(next)).toEqual([]);
    await choose(text.replaceAll(day, next));
    await pushButton(page, /^取り込む(?!ファイル)/u);
    await sees(page, '38枠を開きました');
    expect(await sessionsOf(next)).toMatchObject([{ slots: 38 }]);
  });
});

describe('the settings of the city', () => {
  it('are changed with a reason, and say what they were', async () => {
    await press(page, 'Alt+KeyZ');
    await expect.poll(async () => page.locator('.rules input:focus').count()).toBe(1);
    await press(page, '5');
    await sees(page, '電話をかける時間と予約枠の設定');
    await sees(page, 'まだ改めていません');
    await pushButton(page, '設定を直す');
    await focusIsOn(page, '電話をかける時間 から');
    await dialog.getByLabel('電話をかける時間 から').fill('10:00');
    await dialog.getByLabel('電話をかけない日').fill('来週');
    await dialog.getByLabel('土').focus();
    await press(page, 'Space');
    await dialog.getByLabel('理由').fill('年末の体制に合わせて変更します。');
    await press(page, 'Enter');
    await dialog.getByText('この欄を確かめてください').first().waitFor();
    await looked('settings-edit');
    await dialog.getByLabel('電話をかけない日').fill('2026-12-28');
    await press(page, 'Enter');
    await sees(page, '設定を改めました。');
    await sees(page, '電話をかける時間 から: 09:00 → 10:00');
    await sees(page, '月・火・水・木・金 → 月・火・水・木・金・土');
    await looked('settings');
  });
});

describe('the day of a venue', () => {
  it('is opened by the city where there is such a venue', async () => {
    await expect(ask(city, '/venue-day/open', { venueCode: '9999999999' })).rejects.toThrow(
      'venue_not_found',
    );
    expect(await ask(city, '/venue-day/open', { venueCode: VENUE })).toHaveProperty('caseId');
  });
});
