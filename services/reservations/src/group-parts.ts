import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { operation } from '@madoguchi/service';
import { bookPair } from './book-pair/book-pair.ts';
import { proposePair } from './propose-pair/propose-pair.ts';

/** Bookings that hang together: both doses, a family, a facility, a companion. */
export const groupParts = (runtime: Runtime): Part[] => [
  operation(contract.proposePair, proposePair(runtime)),
  operation(contract.bookPair, bookPair(runtime)),
];
