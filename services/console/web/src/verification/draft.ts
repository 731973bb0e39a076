import type { Purpose } from '@madoguchi/contracts/roles';
import { SPOKEN_FIELDS } from './spoken-fields.ts';
import type { Proxy, VerifyRequest } from '../gateway/contract-types.ts';
import type { SpokenItem } from '@madoguchi/contracts';

/** What the operator has typed of the caller's words. Lives in memory only, and as long as its case. */
export type Draft = {
  purpose: Purpose;
  items: Record<SpokenItem, string>;
  proxy: Proxy | undefined;
};

export const EMPTY_ITEMS: Draft['items'] = {
  name: '',
  dateOfBirth: '',
  address: '',
  ticketNumber: '',
  telephone: '',
};

/** Only what was typed goes out; an empty field is an item not given. */
export function requestOf(draft: Draft): VerifyRequest {
  const items: VerifyRequest['items'] = {};
  for (const field of SPOKEN_FIELDS) {
    const text = draft.items[field.item].trim();
    if (text !== '') items[field.item] = text;
  }
  return {
    purpose: draft.purpose,
    items,
    ...(draft.proxy === undefined ? {} : { proxy: draft.proxy }),
  };
}
