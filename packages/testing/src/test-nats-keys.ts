import { SERVICES } from '@madoguchi/contracts';
import { INSTALLATION, natsAuthorization, newNatsKey } from '@madoguchi/messaging';

/** Keys of every service with its own permissions, and one of the test itself, which may do everything. */
export function testNatsKeys() {
  const keys = Object.fromEntries([...SERVICES, INSTALLATION].map((name) => [name, newNatsKey()]));
  const everything = newNatsKey();
  return {
    authorization: natsAuthorization(keys, [
      { publicKey: everything.publicKey, permissions: { publish: ['>'], subscribe: ['>'] } },
    ]),
    seedOf: (name: string): string | undefined => keys[name]?.seed,
    everything: everything.seed,
  };
}
