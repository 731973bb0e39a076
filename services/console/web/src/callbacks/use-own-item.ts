import type { WorkItem } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';

/** The item that the case of this desk serves; `asked` once the worklist has answered. */
export function useOwnItem(itemId: string): { item: WorkItem | undefined; asked: boolean } {
  const gateway = useGateway();
  const taken = useQuery(() => gateway.listWorkItems({ state: 'taken', limit: 100 }));
  return {
    item: taken.value?.items.find((one) => one.itemId === itemId),
    asked: taken.value !== undefined || taken.problem !== undefined,
  };
}
