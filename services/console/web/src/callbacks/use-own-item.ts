import type { WorkItem } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';

export type OwnItem = { item: WorkItem | undefined; asked: boolean };

/**
 * The item that the case of this desk serves, as it was when the case came; `asked` once the worklist has
 * answered. It is known for the whole call, also when what was done meanwhile has settled it.
 */
export function useOwnItem(itemId: string | undefined): OwnItem {
  const gateway = useGateway();
  const taken = useQuery(
    () => gateway.listWorkItems({ state: 'taken', limit: 100 }),
    itemId !== undefined,
  );
  return {
    item: taken.value?.items.find((one) => one.itemId === itemId),
    asked: taken.asked,
  };
}
