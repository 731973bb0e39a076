import { useEffect, useState } from 'react';
import type { Screen, ScreenName } from './screens.ts';

/** The screen named by the address, so that back and forward work; the first one otherwise. */
export function useScreen(
  screens: readonly Screen[],
): [ScreenName | undefined, (to: ScreenName) => void] {
  const [path, setPath] = useState(() => location.hash.slice(2));
  useEffect(() => {
    const onChange = (): void => setPath(location.hash.slice(2));
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  const current = screens.find((screen) => screen.path === path) ?? screens[0];
  const go = (to: ScreenName): void => {
    const screen = screens.find(({ name }) => name === to);
    if (screen !== undefined) location.hash = `/${screen.path}`;
  };
  return [current?.name, go];
}
