import type { ReplyOf, showSessionChange } from '@madoguchi/contracts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useEvery } from '../gateway/use-every.ts';
import { useQuery } from '../gateway/use-query.ts';
import type { QueryState } from '../gateway/use-query.ts';

/** How often the numbers are looked at again, ms. */
const LOOK_AGAIN_MS = 10_000;

/** What a change that waits for somebody's word would do, as it is now. */
export function useSessionChange(changeId: string): QueryState<ReplyOf<typeof showSessionChange>> {
  const gateway = useGateway();
  const shown = useQuery(() => gateway.showSessionChange({ changeId }));
  useEvery(LOOK_AGAIN_MS, shown.reload);
  return shown;
}
