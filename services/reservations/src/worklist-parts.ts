import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { job, operation } from '@madoguchi/service';
import { finishWorkItem } from './finish-work-item/finish-work-item.ts';
import { listWorkItems } from './list-work-items/list-work-items.ts';
import { releaseAbandoned } from './release-work-items/release-abandoned.ts';
import { releaseWorkItem } from './release-work-items/release-work-item.ts';
import { settleWorkItems } from './settle-work-items/settle-work-items.ts';
import { suggestAlternatives } from './suggest-alternatives/suggest-alternatives.ts';
import { takeWorkItem } from './take-work-item/take-work-item.ts';

/** People who have to be called. */
export const worklistParts = (runtime: Runtime): Part[] => [
  operation(contract.listWorkItems, listWorkItems(runtime)),
  operation(contract.takeWorkItem, takeWorkItem(runtime)),
  operation(contract.releaseWorkItem, releaseWorkItem(runtime)),
  operation(contract.finishWorkItem, finishWorkItem(runtime)),
  operation(contract.suggestAlternatives, suggestAlternatives(runtime)),
  job('settle-work-items', 5_000, settleWorkItems(runtime)),
  job('release-abandoned', 60_000, releaseAbandoned(runtime)),
];
