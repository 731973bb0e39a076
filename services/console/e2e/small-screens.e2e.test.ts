import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from './browser.ts';
import type { Size } from './browser.ts';
import { openFixtureDesk, startFixtureServer } from './fixture-server.ts';
import type { FixtureServer } from './fixture-server.ts';
import { focusIsOn, press } from './operator.ts';
import { chooseWay } from './workplaces.ts';

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixtureServer();
});
afterAll(async () => server?.stop());

/** Looks at a scene in a window of this size, CSS pixels. */
async function lookAt(
  size: Size,
  [scene, screen]: readonly [string, string?],
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const desk = await openFixtureDesk(size);
  try {
    await desk.page.goto(server.address(scene, screen));
    await desk.page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await look(desk.page);
  } finally {
    await desk.close();
  }
}

/** Rows of the list of slots that can be read whole. */
const wholeRows = (page: Page): Promise<number> =>
  page.locator('.slots__scroll').evaluate((list) => {
    const { bottom } = list.getBoundingClientRect();
    return [...list.querySelectorAll('tbody tr')].filter(
      (row) => row.getBoundingClientRect().bottom <= Math.min(bottom, window.innerHeight),
    ).length;
  });

const SMALL = [
  { width: 1024, height: 768 },
  { width: 1280, height: 720 },
];

describe.each(SMALL)('a window of $width×$height', (size) => {
  it('shows six free slots under what is to be read out', async () =>
    lookAt(size, ['verified'], async (page) => {
      await page.locator('.slots__scroll tbody tr').first().waitFor();
      // The tallest that is read out: why not before, and the day to search from.
      await page.getByText('その日から探す').waitFor();
      expect(await wholeRows(page)).toBeGreaterThanOrEqual(6);
    }));

  it('says whose data it is, whole, beside nine screens', async () =>
    lookAt(size, ['city', 'sessions'], async (page) => {
      const city = page.locator('.top-bar__city');
      expect(await city.innerText()).toBe('江戸川区');
      const [name, tabs] = [await city.boundingBox(), page.locator('.top-bar__screen')];
      expect(await tabs.count()).toBe(9);
      const first = await tabs.first().boundingBox();
      expect((name?.x ?? 0) + (name?.width ?? 0)).toBeLessThanOrEqual(first?.x ?? 0);
      expect(await city.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(
        true,
      );
    }));
});

describe('names and addresses as long as registers hold them', () => {
  it.each(SMALL)('are read whole at $width×$height', async (size) =>
    lookAt(size, ['long-names'], async (page) => {
      const strip = page.locator('.person');
      await strip.getByText('シュリニヴァサ').first().waitFor();
      expect(await strip.innerText()).toContain('2301号室 江戸川 花子様方');
      const cut = await strip.evaluate((panel) =>
        [panel, ...panel.querySelectorAll('p, dd')]
          .filter((one) => !one.matches('.visually-hidden'))
          .filter(
            (one) =>
              one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1,
          )
          .map((one) => one.textContent),
      );
      expect(cut).toEqual([]);
      await chooseWay(page, '5');
      await focusIsOn(page, '復唱へ進む');
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(size.height);
    }),
  );
});

/** What an operator and the city meet at 200 %: half of 1024×768. */
const SCENES: readonly [scene: string, screen?: string][] = [
  ['talking'],
  ['verified'],
  ['family'],
  ['reissue'],
  ['idle', 'callbacks'],
  ['city', 'sessions'],
  ['city', 'rules'],
  ['city', 'waiting-overview'],
  ['supervisor', 'supervisor-desk'],
  ['supervisor', 'audit-log'],
  ['supervisor', 'custody-ledger'],
];

describe('at 200 %', () => {
  it.each(SCENES)('%s %s scrolls one way only, axe finds nothing', async (...scene) =>
    lookAt({ width: 512, height: 384 }, scene, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(512);
      expect(await axeFaults(page)).toEqual([]);
    }),
  );

  it('books a slot by the keys', async () =>
    lookAt({ width: 512, height: 384 }, ['verified'], async (page) => {
      await focusIsOn(page, '会場');
      await press(page, 'Enter');
      await page.locator('tr:focus').waitFor();
      await press(page, 'ArrowDown', 'Enter');
      await focusIsOn(page, '予約を確定する');
      expect(await page.locator('button:focus').isVisible()).toBe(true);
      await press(page, 'Enter');
      await page.getByText('予約を確定しました').waitFor();
    }));
});
