import { SingleBar } from 'cli-progress';

export type ImportProgress = {
  /** Rows so far and share of the file done, in the phase named. */
  update(rows: number, share: number, phase: string): void;
  stop(): void;
};

/** A bar a phase, with rows a second and the time left; silent where nobody looks. */
export function importProgress(shown: boolean): ImportProgress {
  let bar: SingleBar | undefined;
  let current = '';
  let startedAt = 0;
  return {
    update(rows, share, phase) {
      if (!shown) return;
      if (phase !== current) {
        bar?.stop();
        bar = new SingleBar({
          format: `${phase.padEnd(8)}{bar} {percentage}% {rows} rows, {perSecond} rows/s, {eta_formatted} left`,
          noTTYOutput: false,
        });
        bar.start(1_000, 0, { rows: 0, perSecond: 0 });
        current = phase;
        startedAt = Date.now();
      }
      const seconds = Math.max(Date.now() - startedAt, 1) / 1_000;
      bar?.update(Math.round(share * 1_000), { rows, perSecond: Math.round(rows / seconds) });
    },
    stop: () => bar?.stop(),
  };
}
