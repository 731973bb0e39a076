import { useEffect, useEffectEvent } from 'react';

/** Runs again and again while the component is on the screen. */
export function useEvery(milliseconds: number, action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const timer = setInterval(() => run(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
