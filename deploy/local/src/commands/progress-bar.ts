import { SingleBar } from 'cli-progress';

export type Progress = { advance(by: number): void; stop(): void };

/** A bar on a terminal; nothing where nobody looks, nor beside `--json`. */
export function progressBar(title: string, total: number, json: boolean | undefined): Progress {
  if (!process.stdout.isTTY || json === true || total === 0)
    return { advance: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `${title} {bar} {percentage}% {value}/{total}, {eta_formatted} left`,
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(total, 0);
  return { advance: (by) => bar.increment(by), stop: () => bar.stop() };
}
