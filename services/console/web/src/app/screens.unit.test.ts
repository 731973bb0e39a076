import { ROLES } from '@madoguchi/contracts/roles';
import { describe, expect, it } from 'vitest';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { SCREENS, screensOf } from './screens.ts';

describe('screens', () => {
  it('gives an operator the call desk, the people to call back and the rules', () => {
    expect(screensOf('operator').map(({ name }) => name)).toEqual([
      'callDesk',
      'callbacks',
      'rules',
    ]);
  });

  it('gives no screen to machines and residents', () => {
    for (const role of ['phone-agent', 'resident', 'service'] as const) {
      expect(screensOf(role)).toEqual([]);
    }
    expect(ROLES.length).toBeGreaterThan(3);
  });

  it('reaches every screen by its own key, and no two actions by the same', () => {
    const keys = Object.values(SHORTCUTS).map(({ code, alt }) => `${code}${String(alt)}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { shortcut } of SCREENS) expect(SHORTCUTS[shortcut].alt).toBe(true);
  });
});
