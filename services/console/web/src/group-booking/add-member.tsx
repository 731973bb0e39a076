import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';

type AddMemberProps = {
  purpose: Purpose;
  /** Nothing else can be done before. */
  first: boolean;
};

/** The way to verify one more person of the same call. */
export function AddMember({ purpose, first }: AddMemberProps): ReactNode {
  const { t } = useLanguage();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Button data-first-focus={first ? true : undefined} onClick={() => setAdding(true)}>
        {t(groupMessages.addMember)}
      </Button>
      {adding ? <AddMemberDialog {...{ purpose }} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
