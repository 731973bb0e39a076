import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { shortDay } from '../format/dates.ts';
import type { AffectedBookings } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { effectMessages } from '../messages/effect-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Foreseen } from './use-foreseen.ts';

/** What follows the city's own look at the sessions of a venue. */
const AT_VENUES = ['onClosingDays', 'ofProductsTakenOff', 'outsideHours'] as const;

/** What saving would do to the bookings that stand, in numbers and nobody's name. */
export function ForeseenNotice({ foreseen }: { foreseen: Foreseen | undefined }): ReactNode {
  return foreseen === undefined ? null : <Shown foreseen={foreseen} />;
}

/** Stands below a long form: the focus goes to the button that saves, so that all of it is in sight. */
function Shown({ foreseen }: { foreseen: Foreseen }): ReactNode {
  const { t } = useLanguage();
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    element.current?.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus();
  }, []);
  return (
    <section ref={element} className="stack stack--tight" aria-label={t(effectMessages.title)}>
      {foreseen.effect === undefined ? (
        <>
          <ProblemNotice problem={foreseen.problem} />
          <Notice tone="warn">{t(effectMessages.notCounted)}</Notice>
        </>
      ) : (
        <Effect effect={foreseen.effect} />
      )}
    </section>
  );
}

function Effect({ effect }: { effect: AffectedBookings }): ReactNode {
  const { language, t } = useLanguage();
  const { bookings, toCall, alreadyToCall, allowedAgain, byReason } = effect;
  const left = AT_VENUES.filter((kind) => effect[kind] > 0);
  const hits = left.reduce((sum, kind) => sum + effect[kind], toCall);
  return (
    <>
      <Notice tone={hits === 0 ? 'good' : 'warn'}>
        {hits === 0 ? <p>{t(effectMessages.nobody, { bookings })}</p> : null}
        {toCall === 0 ? null : <p>{t(effectMessages.toCall, { count: toCall, bookings })}</p>}
        {left.map((kind) => (
          <p key={kind}>{t(effectMessages[kind], { count: effect[kind] })}</p>
        ))}
        {alreadyToCall === 0 ? null : (
          <p>{t(effectMessages.alreadyToCall, { count: alreadyToCall })}</p>
        )}
        {allowedAgain === 0 ? null : (
          <p>{t(effectMessages.allowedAgain, { count: allowedAgain })}</p>
        )}
        <p>{t(effectMessages.saveNow)}</p>
      </Notice>
      {hits === 0 ? null : (
        <table className="table" aria-label={t(effectMessages.byReason)}>
          <tbody>
            {byReason.map(({ reason, sentence, count }) => (
              <tr key={reason}>
                <th scope="row">{sentence[language]}</th>
                <td className="nowrap figures">{t(effectMessages.count, { count })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hits === 0 ? null : <VenueWeeks weeks={effect.byVenueWeek} />}
    </>
  );
}

function VenueWeeks({ weeks }: { weeks: AffectedBookings['byVenueWeek'] }): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const venues = useQuery(() => gateway.listVenues({}));
  const nameOf = (code: string): string =>
    venues.value?.venues.find((one) => one.venueCode === code)?.name[language] ?? code;
  return (
    <div
      className="entry-effect"
      role="region"
      aria-label={t(effectMessages.byVenueWeek)}
      // A part that scrolls is reached and scrolled with the keys.
      tabIndex={0}
    >
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t(effectMessages.venue)}</th>
            <th scope="col">{t(effectMessages.week)}</th>
            <th scope="col">{t(effectMessages.bookings)}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ venueCode, weekOf, count }) => (
            <tr key={`${venueCode} ${weekOf}`}>
              <td>{nameOf(venueCode)}</td>
              <td className="nowrap">
                {t(effectMessages.weekOf, { day: shortDay(weekOf, language) })}
              </td>
              <td className="nowrap figures">{t(effectMessages.count, { count })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
