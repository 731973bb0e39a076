import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { job, operation } from '@madoguchi/service';
import { acceptOffer } from './accept-offer/accept-offer.ts';
import { declineOffer } from './decline-offer/decline-offer.ts';
import { endWaiting } from './end-waiting/end-waiting.ts';
import { expireOffers } from './expire-offers/expire-offers.ts';
import { joinWaitingList } from './join-waiting-list/join-waiting-list.ts';
import { leaveWaitingList } from './leave-waiting-list/leave-waiting-list.ts';
import { listWaiting } from './list-waiting/list-waiting.ts';
import { offerFreedSeats } from './offer-freed-seats/offer-freed-seats.ts';

/** The waiting list (キャンセル待ち): who waits, and the seats that are kept for them. */
export const waitingListParts = (runtime: Runtime): Part[] => [
  operation(contract.joinWaitingList, joinWaitingList(runtime)),
  operation(contract.leaveWaitingList, leaveWaitingList(runtime)),
  operation(contract.listWaiting, listWaiting(runtime)),
  operation(contract.acceptOffer, acceptOffer(runtime)),
  operation(contract.declineOffer, declineOffer(runtime)),
  job('offer-freed-seats', 500, offerFreedSeats(runtime)),
  job('expire-offers', 1_000, expireOffers(runtime)),
  job('end-waiting', 60_000, endWaiting(runtime)),
];
