import type { Runtime } from '@madoguchi/service';
import { itself } from '@madoguchi/service';
import { deriveKeysOfLot } from '../store/derived-keys.ts';

/** After an update that looks people up by other keys: those of people who are here already. */
export function deriveSearchKeys(runtime: Runtime): () => Promise<void> {
  return async () => {
    const who = itself(runtime);
    while ((await runtime.database.transaction(who, (tx) => deriveKeysOfLot(tx.query))) > 0);
  };
}
