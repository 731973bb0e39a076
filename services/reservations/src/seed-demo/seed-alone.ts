import type { Runtime } from '@madoguchi/service';
import { noteFilled, OWNERS } from '../store/feed-store.ts';
import { seedDemoProgramme } from './seed-demo.ts';

/** The demo's programme for tests and loads of reservations on its own: nobody is there to fill its copies from. */
export async function seedAlone(
  runtime: Pick<Runtime, 'database' | 'config' | 'clock'>,
): Promise<void> {
  for (const owner of OWNERS) await noteFilled(runtime.database.read, owner);
  await seedDemoProgramme(runtime);
}
