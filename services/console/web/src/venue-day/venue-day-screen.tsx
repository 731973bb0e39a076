import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import type { Offer } from '../gateway/contract-types.ts';
import type { Session } from '../gateway/gateway.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import type { Live } from '../gateway/use-context-document.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { attendanceNames } from '../messages/names.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { CityDesk } from './city-desk.tsx';
import { DayOverview } from './day-overview.tsx';
import { DaySheetDialog } from './day-sheet-dialog.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { LastMarks } from './last-marks.tsx';
import { useVenueDay } from './use-venue-day.ts';
import type { Attendance, Mark, Visits } from './use-visits.ts';
import { useVisits } from './use-visits.ts';
import { VenueHead } from './venue-head.tsx';
import { VisitorCard } from './visitor-card.tsx';
import { VisitorForm } from './visitor-form.tsx';

type VenueDayScreenProps = { session: Session; live: Live };

/** The desk at the entrance of a venue, and that of the city for all of them. */
export function VenueDayScreen({ session, live }: VenueDayScreenProps): ReactNode {
  const { t } = useLanguage();
  const { role, venueCodes: codes = [] } = session.worker;
  const [chosen, setChosen] = useState(codes[0]);
  const venueCode = codes.includes(chosen ?? '') ? chosen : codes[0];
  if (role === 'city-staff') return <CityDesk live={live} />;
  if (venueCode === undefined)
    return (
      <div className="venue-day">
        <h1 className="visually-hidden">{t(venueDayMessages.title)}</h1>
        <Notice tone="warn">{t(venueDayMessages.noVenue)}</Notice>
      </div>
    );
  return <Desk key={venueCode} {...{ venueCode, codes, live }} onVenue={setChosen} />;
}

type DeskProps = {
  venueCode: string;
  codes: readonly string[];
  live: Live;
  onVenue: (venueCode: string) => void;
};

function Desk({ venueCode, codes, live, onVenue }: DeskProps): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({}));
  const day = useVenueDay(venueCode);
  const visits = useVisits(venueCode);
  const [sheet, setSheet] = useState(false);
  const nameOf = (code: string): string =>
    offer.value?.venues.find((venue) => venue.venueCode === code)?.name[language] ?? code;
  return (
    <div className="venue-day">
      <VenueHead
        {...{ venueCode, onVenue }}
        venues={codes.map((code) => ({ value: code, label: nameOf(code) }))}
      >
        <Button onClick={() => setSheet(true)}>{t(venueDayMessages.daySheet)}</Button>
      </VenueHead>
      <Panel title={t(venueDayMessages.lookUp)} scrolls place="venue-day__visitor">
        <Reception {...{ visits, live }} offer={offer.value} onDone={day.reload} />
      </Panel>
      <Panel title={t(venueDayMessages.lastMarks)} scrolls place="venue-day__marks">
        <LastMarks visits={visits} />
      </Panel>
      <Panel title={t(venueDayMessages.overview)} scrolls place="venue-day__overview">
        <DayOverview day={day} />
      </Panel>
      {sheet && day.value !== undefined ? (
        <DaySheetDialog {...{ venueCode }} day={day.value.day} onClose={() => setSheet(false)} />
      ) : null}
    </div>
  );
}

type ReceptionProps = {
  visits: Visits;
  live: Live;
  offer: Offer | undefined;
  /** Somebody was recorded: the numbers of the day are others now. */
  onDone: () => void;
};

/** One visitor after the other; the number field has the focus again as soon as one is done. */
function Reception({ visits, live, offer, onDone }: ReceptionProps): ReactNode {
  const { t } = useLanguage();
  const numberField = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string | undefined>(undefined);
  const next = (sentence?: string): void => {
    setSaid(sentence);
    onDone();
    numberField.current?.focus();
  };
  const finish = async (which: Omit<Mark, 'outcome'>, attendance: Attendance) => {
    const done = await visits.finish(which, attendance);
    if (done === undefined) return;
    const { outcome } = attendance;
    const words = { number: which.confirmationNumber, outcome: t(attendanceNames[outcome]) };
    const sentence = t(venueDayMessages.recorded, words);
    // The card of who came along takes the focus itself.
    if (!done.goesOn) next(sentence);
    else {
      setSaid(sentence);
      onDone();
    }
  };
  const receive = async (residentId: string, doseNumber: number) => {
    const received = await visits.receive(residentId, doseNumber);
    if (received === undefined) return;
    const { startsAt: time, confirmationNumber: number } = received;
    next(t(venueDayMessages.walkInDone, { time, number }));
  };
  const { visitor } = visits;
  const verified = live.document?.verified;
  // Of who came along no name is known here.
  const isVerified = verified?.residentId === visitor?.residentId && visitor?.with === undefined;
  return (
    <>
      <VisitorForm
        busy={visits.busy}
        {...{ numberField }}
        onLookUp={(paper, dateOfBirth) => {
          setSaid(undefined);
          return visits.lookUp(paper, dateOfBirth);
        }}
      />
      <FailureNotice failure={visits.failure} notFound={t(venueDayMessages.notFound)} />
      {said === undefined ? null : <Notice tone="good">{said}</Notice>}
      {visitor === undefined && visits.failure !== undefined ? null : visitor === undefined ? (
        <p className="empty">{t(venueDayMessages.before)}</p>
      ) : (
        <VisitorCard
          key={visitor.reservation?.reservationId ?? visitor.residentId}
          {...{ visitor, offer }}
          person={isVerified ? verified?.person : undefined}
          busy={visits.busy}
          onRecord={(which, attendance) => void finish(which, attendance)}
          onWalkIn={(doseNumber) => void receive(visitor.residentId, doseNumber)}
          onLeave={() => void visits.leave().then(() => next())}
        />
      )}
    </>
  );
}
