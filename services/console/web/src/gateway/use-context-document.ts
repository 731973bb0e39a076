import type { ContextDocument } from '@madoguchi/contracts';
import { useEffect, useState } from 'react';
import type { Gateway, Line } from './gateway.ts';

export type Live = { document: ContextDocument | undefined; line: Line };

/** The newest context document of this operator; an older version that comes late is dropped. */
export function useContextDocument(gateway: Gateway): Live {
  const [live, setLive] = useState<Live>({ document: undefined, line: 'connecting' });
  useEffect(
    () =>
      gateway.follow({
        onDocument: (document) =>
          setLive((before) =>
            isNewer(document, before.document) ? { ...before, document } : before,
          ),
        onLine: (line) => {
          setLive((before) => ({ ...before, line }));
          // Is it the network, or has the session ended? The answer decides whether to sign in again.
          if (line === 'reconnecting') void gateway.session();
        },
      }),
    [gateway],
  );
  return live;
}

function isNewer(next: ContextDocument, before: ContextDocument | undefined): boolean {
  return before === undefined || next.version >= before.version || next.version === 1;
}
