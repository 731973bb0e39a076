import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, screenshot, SIZES } from './browser.ts';
import type { Desk } from './browser.ts';
import { openFixtureDesk, startFixtureServer } from './fixture-server.ts';
import type { FixtureServer } from './fixture-server.ts';

/** Every state of the screens that an operator meets, with the keys that lead to it. */
const STATES: readonly {
  name: string;
  scene: string;
  screen?: string;
  keys?: readonly string[];
}[] = [
  { name: 'sign-in', scene: 'signed-out' },
  { name: 'waiting', scene: 'idle' },
  { name: 'ringing', scene: 'ringing' },
  { name: 'talking', scene: 'talking' },
  { name: 'closed', scene: 'closed' },
  { name: 'refer', scene: 'talking', keys: ['Alt+Digit0'] },
  { name: 'slots', scene: 'verified' },
  { name: 'held', scene: 'verified', keys: ['Enter', 'Enter'] },
  { name: 'booked', scene: 'verified', keys: ['Enter', 'Enter', 'Enter'] },
  { name: 'pair', scene: 'verified', keys: ['Shift+Tab', 'Shift+Tab', '2'] },
  { name: 'family', scene: 'family', keys: ['Shift+Tab', 'Shift+Tab', '3'] },
  { name: 'waiting-list', scene: 'verified', keys: ['Shift+Tab', 'Shift+Tab', '4'] },
  { name: 'offer', scene: 'offered' },
  { name: 'companion', scene: 'family', keys: ['Shift+Tab', 'Shift+Tab', '5'] },
  { name: 'change', scene: 'verified', keys: ['Alt+Digit3'] },
  { name: 'reissue', scene: 'reissue' },
  { name: 'reissued', scene: 'reissue', keys: ['Enter', 'Enter'] },
  { name: 'finish', scene: 'verified', keys: ['Alt+Digit5'] },
  { name: 'desk-verification', scene: 'desk' },
  { name: 'callbacks', scene: 'idle', screen: 'callbacks' },
  { name: 'waiting-overview', scene: 'city', screen: 'waiting-overview' },
  { name: 'sessions', scene: 'city', screen: 'sessions' },
  {
    name: 'session-open',
    scene: 'city',
    screen: 'sessions',
    keys: ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter'],
  },
  { name: 'rules-try', scene: 'city', screen: 'rules' },
  { name: 'rules', scene: 'city', screen: 'rules', keys: ['2'] },
  { name: 'venues', scene: 'city', screen: 'rules', keys: ['3'] },
  { name: 'outbound', scene: 'outbound' },
  {
    name: 'outbound-change',
    scene: 'outbound-verified',
    keys: ['Alt+Digit3', 'Tab', 'Tab', 'Enter'],
  },
  { name: 'outbound-finish', scene: 'outbound-verified', keys: ['Alt+Digit5'] },
  { name: 'register', scene: 'verified', keys: ['Alt+KeyR'] },
  { name: 'register-desk', scene: 'desk-verified', keys: ['Alt+KeyR'] },
  { name: 'supervisor-desk', scene: 'supervisor', screen: 'supervisor-desk' },
  { name: 'audit-log', scene: 'supervisor', screen: 'audit-log', keys: ['Enter'] },
  { name: 'custody-ledger', scene: 'supervisor', screen: 'custody-ledger' },
  { name: 'shortcuts', scene: 'idle', keys: ['F1'] },
];

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixtureServer();
});
afterAll(async () => server.stop());

async function show(page: Page, state: (typeof STATES)[number]): Promise<void> {
  await page.goto('about:blank');
  await page.goto(server.address(state.scene, state.screen));
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.evaluate(async () => document.fonts.ready);
  for (const key of state.keys ?? []) {
    await page.waitForTimeout(150);
    await page.keyboard.press(key);
  }
  await page.waitForTimeout(150);
}

describe.each([...SIZES, { width: 1280, height: 720 }])('screens at $width×$height', (size) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openFixtureDesk(size);
  });
  afterAll(async () => desk.close());

  it.each(STATES)('$name: axe finds nothing, nothing is cut off', async (state) => {
    await show(desk.page, state);
    await screenshot(desk.page, `${state.name}-${size.width}`);
    expect(await axeFaults(desk.page)).toEqual([]);
    const page = await desk.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      high: document.documentElement.scrollHeight,
    }));
    expect(page).toEqual({ wide: size.width, high: size.height });
  });

  it('shows where the focus is at every stop of a whole round', async () => {
    await show(desk.page, { name: 'talking', scene: 'talking' });
    for (let stop = 0; stop < 25; stop += 1) {
      await desk.page.keyboard.press('Tab');
      const focus = await desk.page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        // A radio button is drawn by the text beside it.
        const drawn = element.matches('.choice input') ? element.nextElementSibling : element;
        const style = getComputedStyle(drawn ?? element);
        return { outline: style.outlineStyle, width: Number.parseFloat(style.outlineWidth) };
      });
      // Between the last stop and the first lies the browser itself.
      if (focus !== undefined) expect(focus).toEqual({ outline: 'solid', width: 3 });
    }
  });

  it('moves no panel when a call arrives, is verified and is closed', async () => {
    const places = async (scene: string): Promise<unknown> => {
      await show(desk.page, { name: scene, scene });
      return desk.page.evaluate(() =>
        [...document.querySelectorAll('.banner, .panel')].map((panel) => {
          const { x, y, width, height } = panel.getBoundingClientRect();
          return [panel.className.replace(/banner--\w+/, ''), x, y, width, height];
        }),
      );
    };
    const waiting = await places('idle');
    const scenes = ['ringing', 'talking', 'closed', 'verified'] as const;
    const found: [string, unknown][] = [];
    for (const scene of scenes) found.push([scene, await places(scene)]);
    expect(found).toEqual(scenes.map((scene) => [scene, waiting]));
  });
});
