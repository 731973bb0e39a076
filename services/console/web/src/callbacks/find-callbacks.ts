import type { Answer } from '../gateway/answer.ts';
import type { WorkItem } from '../gateway/contract-types.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { CallbackFilter } from './callback-filters.tsx';

/** An item of the list; `due` where it may be called now, by the server's clock. */
export type Callback = WorkItem & { due: boolean };

export type Callbacks = {
  items: readonly Callback[];
  /** There are more than these. */
  more: boolean;
};

const PAGE = 100;

/**
 * Items that may be called now come first, those that may not yet behind them, the most urgent first in both:
 * hundreds tried in vain a moment ago must not hide whoever can be reached.
 */
export async function findCallbacks(
  gateway: Pick<Gateway, 'listWorkItems'>,
  filter: CallbackFilter,
): Promise<Answer<Callbacks>> {
  const request = requestOf(filter);
  const [all, now] = await Promise.all([
    gateway.listWorkItems(request),
    filter.state === 'open' ? gateway.listWorkItems({ ...request, dueNow: true }) : undefined,
  ]);
  if (!all.ok) return all;
  if (now?.ok === false) return now;
  const due = now?.value.items ?? [];
  const first = new Set(due.map(({ itemId }) => itemId));
  const rest = all.value.items.filter(({ itemId }) => !first.has(itemId));
  return {
    ok: true,
    value: {
      items: [
        ...due.map((item) => ({ ...item, due: true })),
        ...rest.map((item) => ({ ...item, due: false })),
      ],
      more: [all, now].some(
        (answer) => answer?.ok === true && answer.value.nextCursor !== undefined,
      ),
    },
  };
}

function requestOf({ kind, venueCode, day, state }: CallbackFilter) {
  return {
    state,
    limit: PAGE,
    ...(kind === '' ? {} : { kinds: [kind] }),
    ...(venueCode === '' ? {} : { venueCode }),
    ...(day === '' ? {} : { day }),
  };
}
