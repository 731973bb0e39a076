import { signalSubjects } from '@madoguchi/contracts';
import type { Runtime } from '@madoguchi/service';

/** Lets every desk on which one of these people is open look again, and close them where it must. */
export function touch(runtime: Runtime, residents: readonly string[]): void {
  for (const residentId of residents)
    runtime.signal(signalSubjects.residentTouched, { residentId, by: 'registry' });
}
