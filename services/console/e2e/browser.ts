import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';

export type Desk = { page: Page; close: () => Promise<void> };

/** The two sizes the console is made for, CSS pixels. */
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;
export type Size = { width: number; height: number };

/** Where screenshots go; git-ignored. */
export const SCREENSHOTS = join(import.meta.dirname, 'screenshots');

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumPath(): string {
  const candidates = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('no chromium: install the Debian package chromium');
  return found;
}

/** One operator's own browser with an empty profile, as on a terminal of its own. */
export async function openDesk(size: Size = SIZES[0]): Promise<Desk> {
  const profile = mkdtempSync(join(tmpdir(), 'madoguchi-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: FLAGS,
    viewport: size,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

export type AxeFault = { rule: string; targets: string[] };

/** What axe-core finds on the page as it is now. */
export async function axeFaults(page: Page): Promise<AxeFault[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core');
  // Evaluated rather than added as a tag: the page's own security policy allows no foreign script.
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(async () => {
    type Axe = {
      run: () => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
    };
    const { axe: runner } = globalThis as unknown as { axe: Axe };
    const { violations } = await runner.run();
    return violations.map(({ id, nodes }) => ({
      rule: id,
      targets: nodes.flatMap(({ target }) => target),
    }));
  });
}
