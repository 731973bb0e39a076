import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { operation } from '@madoguchi/service';
import { bookCompanion } from './book-companion/book-companion.ts';
import { bookGroup } from './book-group/book-group.ts';
import { bookPair } from './book-pair/book-pair.ts';
import { findGroupSlots } from './find-group-slots/find-group-slots.ts';
import { proposePair } from './propose-pair/propose-pair.ts';

/** Bookings that hang together: both doses, a family, a facility, a companion. */
export const groupParts = (runtime: Runtime): Part[] => [
  operation(contract.proposePair, proposePair(runtime)),
  operation(contract.bookPair, bookPair(runtime)),
  operation(contract.findGroupSlots, findGroupSlots(runtime)),
  operation(contract.bookGroup, bookGroup(runtime)),
  operation(contract.bookCompanion, bookCompanion(runtime)),
];
