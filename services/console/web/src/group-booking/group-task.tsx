import { useState } from 'react';
import type { ReactNode } from 'react';
import { BookedSeveral } from '../booking/booked-several.tsx';
import { Notice } from '../design/notice.tsx';
import type { GroupBooking, Slot, Verified } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { ConfirmGroup } from './confirm-group.tsx';
import { FindForAll } from './find-for-all.tsx';
import { firstGroupCriteria } from './group-criteria.ts';
import { MemberList } from './member-list.tsx';
import { membersOf } from './members.ts';
import type { Choice } from './members.ts';

type Stage =
  | { name: 'finding' }
  | { name: 'confirming'; slot: Slot }
  | { name: 'booked'; bookings: readonly GroupBooking[] };

type GroupTaskProps = {
  verified: Verified;
  party: readonly Verified[];
  atDesk: boolean;
  onFinish: () => void;
};

/** One caller for several people: each verified by their own items, all booked or none. */
export function GroupTask({ verified, party, atDesk, onFinish }: GroupTaskProps): ReactNode {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const [criteria, setCriteria] = useState(() => firstGroupCriteria(new Date()));
  const [stage, setStage] = useState<Stage>({ name: 'finding' });
  const members = membersOf([verified, ...party], chosen, t(general.notShown));
  const coming = members.filter(({ comes }) => comes);
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({})).value;
  const nameOf = (id: string): string => members.find((one) => one.residentId === id)?.name ?? '';
  switch (stage.name) {
    case 'finding':
      return (
        <div className="group">
          {atDesk ? <Notice>{t(groupMessages.atDeskOnly)}</Notice> : null}
          <MemberList
            {...{ members, offer }}
            purpose={verified.purpose}
            mayAdd={!atDesk}
            onSet={(residentId, choice) =>
              setChosen((before) => ({
                ...before,
                [residentId]: { ...before[residentId], ...choice },
              }))
            }
          />
          {coming.length < 2 ? (
            <p className="empty">{t(groupMessages.needTwo)}</p>
          ) : (
            <FindForAll
              {...{ coming, criteria, offer, nameOf }}
              onCriteria={(part) => setCriteria((before) => ({ ...before, ...part }))}
              onChoose={(slot) => setStage({ name: 'confirming', slot })}
            />
          )}
        </div>
      );
    case 'confirming':
      return (
        <ConfirmGroup
          key={stage.slot.slotId}
          {...{ coming }}
          slot={stage.slot}
          span={criteria.span}
          onBack={() => setStage({ name: 'finding' })}
          onInstead={(slot) => setStage({ name: 'confirming', slot })}
          onBooked={(bookings) => setStage({ name: 'booked', bookings })}
        />
      );
    case 'booked':
      return (
        <BookedSeveral
          title={t(groupMessages.allBooked)}
          bookings={stage.bookings.map((one) => ({ ...one, name: nameOf(one.residentId) }))}
          onFinish={onFinish}
          onAgain={() => setStage({ name: 'finding' })}
        />
      );
  }
}
