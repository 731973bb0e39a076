import type { SpokenItem } from '@madoguchi/contracts';
import { verificationMessages } from '../messages/call-messages.ts';
import type { Message } from '../messages/message.ts';

export type SpokenField = {
  item: SpokenItem;
  label: Message;
  maxLength: number;
  inputMode?: 'numeric' | 'tel';
  half?: boolean;
};

/** The fields in the order they are asked for; birth date early, since it narrows down the most. */
export const SPOKEN_FIELDS: readonly SpokenField[] = [
  { item: 'name', label: verificationMessages.name, maxLength: 100 },
  { item: 'dateOfBirth', label: verificationMessages.dateOfBirth, maxLength: 40 },
  { item: 'address', label: verificationMessages.address, maxLength: 200 },
  {
    item: 'ticketNumber',
    label: verificationMessages.ticketNumber,
    maxLength: 40,
    inputMode: 'numeric',
    half: true,
  },
  {
    item: 'telephone',
    label: verificationMessages.telephone,
    maxLength: 40,
    inputMode: 'tel',
    half: true,
  },
];
