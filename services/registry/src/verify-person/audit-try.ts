import type { Proxy, Purpose, SpokenItems } from '@madoguchi/contracts';
import { SPOKEN_ITEMS } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { z } from 'zod';

export type Asked = {
  purpose: Purpose;
  items: SpokenItems;
  proxy?: z.infer<typeof Proxy> | undefined;
  /** The day on which residence counts; today where absent. */
  asOf?: string | undefined;
  /** Beside the items, where the threshold asks for a proof. */
  addresseeNumber?: string | undefined;
  /** Present at the supervisor desk: why, and which approval. */
  reason?: string;
  approvalId?: string;
  /** The grant names those verified before too. */
  alongside?: boolean | undefined;
};

/** Every try leaves an entry of the same shape, whoever was meant; a person is named once confirmed. */
export function auditTry(
  tx: Transaction,
  asked: Asked,
  done: { answer: string; residentId?: string | undefined; limit?: string | undefined },
): void {
  const given: string[] = SPOKEN_ITEMS.filter((item) => (asked.items[item]?.trim() ?? '') !== '');
  if (asked.addresseeNumber !== undefined) given.push('addresseeNumber');
  const confirmed = done.residentId !== undefined;
  tx.audit({
    action: confirmed ? 'verification' : 'verification-refused',
    operation:
      asked.approvalId === undefined ? 'registry.verify-person' : 'registry.verify-at-desk',
    outcome: confirmed ? 'done' : 'refused',
    purpose: asked.purpose,
    residents: done.residentId === undefined ? [] : [done.residentId],
    detail: {
      given,
      answer: done.answer,
      ...(done.limit === undefined ? {} : { limit: done.limit }),
      ...(asked.proxy === undefined ? {} : { proxy: asked.proxy.relation }),
      ...(asked.alongside === true ? { alongside: true } : {}),
      ...(asked.asOf === undefined ? {} : { asOf: asked.asOf }),
      ...(asked.approvalId === undefined ? {} : { approvalId: asked.approvalId }),
      ...(asked.reason === undefined ? {} : { reason: asked.reason }),
    },
  });
}
