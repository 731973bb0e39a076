import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_S = 100;

type Process = { pid: number; parent: number; name: string; seconds: number };

/** Fields of /proc/<pid>/stat (proc(5)): the name in brackets may hold spaces, so fields count from its end. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const text = readFileSync(`/proc/${entry}/stat`, 'utf8');
        const end = text.lastIndexOf(')');
        const [, parent = '0', ...rest] = text.slice(end + 2).split(' ');
        // utime, stime, and those of children that ended (cutime, cstime)
        const ticks = rest.slice(9, 13).reduce((sum, one) => sum + Number(one), 0);
        const name = text.slice(text.indexOf('(') + 1, end);
        return [{ pid: Number(entry), parent: Number(parent), name, seconds: ticks / TICKS_PER_S }];
      } catch {
        // Ended meanwhile.
        return [];
      }
    });
}

export type ProcessorTime = { postgres: number; nats: number; service: number; bench: number };

/** Processor seconds that a bench and the servers it started have used so far, on Linux. */
export function processorTime(): ProcessorTime {
  const all = processes();
  const ours = new Set([process.pid]);
  for (let grown = true; grown;) {
    const more = all.filter(({ pid, parent }) => !ours.has(pid) && ours.has(parent));
    for (const { pid } of more) ours.add(pid);
    grown = more.length > 0;
  }
  const used = { postgres: 0, nats: 0, service: 0, bench: 0 };
  for (const one of all) {
    if (!ours.has(one.pid)) continue;
    if (one.pid === process.pid) used.bench += one.seconds;
    else if (/postgres/.test(one.name)) used.postgres += one.seconds;
    else if (/nats/.test(one.name)) used.nats += one.seconds;
    else used.service += one.seconds;
  }
  return used;
}

/** Seconds in which the processors of this machine did anything, for whomever (proc_stat(5)). */
function machineTime(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
    .split(/ +/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_S;
}

/** Starts to watch; the answer says how many processors others than the bench kept busy since, on average. */
export function watchNeighbours(): () => number {
  const [machine, ours, start] = [machineTime(), processorTime(), performance.now()];
  return () => {
    const now = processorTime();
    const who = Object.keys(now) as (keyof ProcessorTime)[];
    const used = who.reduce((sum, one) => sum + now[one] - ours[one], 0);
    return ((machineTime() - machine - used) * 1_000) / (performance.now() - start);
  };
}

/** Microseconds of processor time a piece of work, by who spent them: holds whatever the neighbours do. */
export function spentEach(before: ProcessorTime, count: number): Record<string, number> {
  const after = processorTime();
  return Object.fromEntries(
    (Object.keys(after) as (keyof ProcessorTime)[]).map((who) => [
      `${who}_us_each`,
      Math.round(((after[who] - before[who]) * 1_000_000) / count),
    ]),
  );
}
