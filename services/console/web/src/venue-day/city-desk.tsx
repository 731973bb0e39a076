import { useState } from 'react';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { useGateway } from '../gateway/gateway-context.tsx';
import type { Live } from '../gateway/use-context-document.ts';
import { useQuery } from '../gateway/use-query.ts';
import { useLanguage } from '../messages/language.tsx';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { DayOverview } from './day-overview.tsx';
import { MarkByNumber } from './mark-by-number.tsx';
import { useVenueDay } from './use-venue-day.ts';
import { useVisits } from './use-visits.ts';
import { VenueHead } from './venue-head.tsx';

/** The day of every venue for the city, which is bound to none: how it goes, and visits that a venue telephones about. */
export function CityDesk({ live }: { live: Live }): ReactNode {
  const { language } = useLanguage();
  const gateway = useGateway();
  const offer = useQuery(() => gateway.listVenues({}));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const venues = offer.value?.venues ?? [];
  const venueCode = chosen ?? venues[0]?.venueCode;
  if (venueCode === undefined) return null;
  return (
    <div className="venue-day">
      <VenueHead
        {...{ venueCode }}
        venues={venues.map(({ venueCode: value, name }) => ({ value, label: name[language] }))}
        onVenue={setChosen}
      />
      <Day key={venueCode} {...{ venueCode, live }} />
    </div>
  );
}

function Day({ venueCode, live }: { venueCode: string; live: Live }): ReactNode {
  const { t } = useLanguage();
  const day = useVenueDay(venueCode);
  const visits = useVisits(venueCode);
  const current = live.document?.case;
  // A visit is a case of its own: it would push aside the one that is being served.
  const serving =
    current !== undefined && current.state !== 'closed' && current.kind !== 'venue-visit';
  return (
    <>
      <Panel title={t(venueDayMessages.byNumber)} scrolls place="venue-day__visitor">
        {serving ? <Notice tone="warn">{t(venueDayMessages.finishFirst)}</Notice> : null}
        <MarkByNumber
          busy={visits.busy}
          failure={visits.failure}
          onMark={async (confirmationNumber, outcome) => {
            if (serving) return false;
            const done = (await visits.markUnseen(confirmationNumber, { outcome })) === true;
            if (done) day.reload();
            return done;
          }}
        />
      </Panel>
      <Panel title={t(venueDayMessages.overview)} scrolls place="venue-day__overview">
        <DayOverview day={day} />
      </Panel>
    </>
  );
}
