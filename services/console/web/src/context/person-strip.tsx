import { useState } from 'react';
import type { ReactNode } from 'react';
import { Badge } from '../design/badge.tsx';
import { spokenNumber } from '../format/numbers.ts';
import type { Resident, Verified } from '../gateway/contract-types.ts';
import { contextMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { sexNames } from '../messages/names.ts';
import { birthDateText } from './birth-date-text.ts';
import { PartBody } from './part-body.tsx';

/** The verified person in one strip; its height is the same with and without a person, and grows only for
 * a name or an address that would else be cut. */
export function PersonStrip({ verified }: { verified: Verified | undefined }): ReactNode {
  const { t } = useLanguage();
  return (
    <section className="panel person" aria-label={t(contextMessages.person)}>
      <h2 className="visually-hidden">{t(contextMessages.person)}</h2>
      <PartBody part={verified?.person}>{(resident) => <Person resident={resident} />}</PartBody>
    </section>
  );
}

function Person({ resident }: { resident: Resident }): ReactNode {
  const { language, t } = useLanguage();
  const [now] = useState(() => new Date());
  const { maskedFields } = resident;
  const masked = (field: string): ReactNode =>
    maskedFields.includes(field) ? <Badge>{t(contextMessages.masked)}</Badge> : null;
  const address = [resident.postalCode, resident.address, resident.buildingLine]
    .filter((line) => line !== undefined && line !== null)
    .join(' ');
  return (
    <div className="person__grid">
      <div className={`person__name${isLong(resident) ? ' person__name--long' : ''}`}>
        <p className="person__kana">{resident.nameKana ?? ' '}</p>
        <p className="person__kanji">{resident.name ?? t(general.notShown)}</p>
        <p className="person__alias">{aliasOf(resident)}</p>
      </div>
      <dl className="facts">
        <dt>{t(contextMessages.dateOfBirth)}</dt>
        <dd className="figures">
          {resident.dateOfBirth === undefined
            ? t(general.notShown)
            : birthDateText(resident.dateOfBirth, language, now)}
          {resident.sex === undefined ? '' : `・${t(sexNames[resident.sex])}`}
        </dd>
        <dt>{t(contextMessages.address)}</dt>
        <dd>
          {address === '' ? t(general.notShown) : address} {masked('address')}
        </dd>
        <dt>{t(contextMessages.telephone)}</dt>
        <dd className="figures">
          {resident.telephones === undefined
            ? t(general.notShown)
            : resident.telephones.map(spokenNumber).join('、') || t(general.none)}{' '}
          {masked('telephones')}
        </dd>
      </dl>
      <dl className="facts">
        <dt>{t(contextMessages.residency)}</dt>
        <dd>{residencyText(resident, t)}</dd>
        <DeskFacts resident={resident} />
      </dl>
    </div>
  );
}

/** Facts that policy shows to few; each stays away unless it was sent. */
function DeskFacts({ resident }: { resident: Resident }): ReactNode {
  const { t } = useLanguage();
  const { addresseeNumber, restrictions, householdSize, remarks } = resident;
  return (
    <>
      {addresseeNumber === undefined || addresseeNumber === null ? null : (
        <>
          <dt>{t(contextMessages.addresseeNumber)}</dt>
          <dd className="figures">{addresseeNumber}</dd>
        </>
      )}
      {restrictions === undefined || restrictions.length === 0 ? null : (
        <>
          <dt>{t(contextMessages.restrictions)}</dt>
          <dd>
            <Badge tone="bad">{restrictions.join('、')}</Badge>
          </dd>
        </>
      )}
      {householdSize === undefined ? null : (
        <>
          <dt>{t(contextMessages.household)}</dt>
          <dd>{t(contextMessages.householdSize, { count: householdSize })}</dd>
        </>
      )}
      {remarks === undefined || remarks === null ? null : (
        <>
          <dt>{t(contextMessages.remarks)}</dt>
          <dd>{remarks}</dd>
        </>
      )}
    </>
  );
}

/** Longer than stands in one line of the large letters. */
const isLong = ({ name }: Resident): boolean => typeof name === 'string' && name.length > 8;

function aliasOf({ alias, jointlyWrittenName }: Resident): string {
  return [alias, jointlyWrittenName].filter((name) => typeof name === 'string').join('・') || ' ';
}

function residencyText(resident: Resident, t: ReturnType<typeof useLanguage>['t']): ReactNode {
  if (resident.residentToday === undefined) return t(general.notShown);
  return resident.residentToday ? (
    <Badge tone="good">{t(contextMessages.residentYes)}</Badge>
  ) : (
    <Badge tone="warn">{t(contextMessages.residentNo)}</Badge>
  );
}
