import type { ReactNode } from 'react';
import { RowActions, useEntries } from '../catalogue-entry/use-entries.tsx';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { CatalogueKind, ListedRules } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useQuery } from '../gateway/use-query.ts';
import { catalogueKindNames, catalogueMessages } from '../messages/catalogue-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Language, Message } from '../messages/message.ts';
import { agesText, intervalText, validText } from './rule-words.ts';

type Kind = Exclude<CatalogueKind, 'dose-rule' | 'venue'>;
type Line = { code: string; name: string; facts: string; row: object };

const KINDS: readonly Kind[] = [
  'vaccine',
  'product',
  'programme',
  'priority-group',
  'other-vaccine-rule',
];

/** Rows of a kind with what tells them apart. */
function linesOf(kind: Kind, rules: ListedRules, language: Language): Line[] {
  switch (kind) {
    case 'vaccine':
      return rules.vaccines.map((row) => ({
        ...named(row.vaccineCode, row, language),
        facts: row.disease,
      }));
    case 'product':
      return rules.products.map((row) => ({
        ...named(row.productCode, row, language),
        facts: row.vaccineCode,
      }));
    case 'programme':
      return rules.programmes.map((row) => ({
        ...named(row.programmeCode, row, language),
        facts: joined([...row.series.diseases, ...row.series.productCodes]),
      }));
    case 'priority-group':
      return rules.priorityGroups.map((row) => ({
        ...named(row.groupCode, row, language),
        facts: joined([row.programmeCode, agesText(row, language), groupDays(row)]),
      }));
    case 'other-vaccine-rule':
      return rules.otherVaccineRules.map((row) => ({
        code: row.ruleCode,
        name: row.disease ?? '',
        facts: joined([
          intervalText(
            { minimumDaysBetween: row.minimumDaysBetween, minimumMonths: null },
            language,
          ),
          validText(row, language),
        ]),
        row,
      }));
  }
}

/** First day of bookings and of vaccination, as far as there are any. */
const groupDays = (row: { bookableFrom: string | null; opensOn: string | null }): string =>
  row.bookableFrom === null ? (row.opensOn ?? '') : `${row.bookableFrom} → ${row.opensOn ?? ''}`;

const joined = (facts: readonly string[]): string => facts.filter((fact) => fact !== '').join('・');

const named = <Named extends { name: Message }>(code: string, row: Named, language: Language) => ({
  code,
  name: row.name[language],
  row,
});

/** Everything of the catalogue beside the rules of the doses and the venues. */
export function CatalogueList({ mayChange }: { mayChange: boolean }): ReactNode {
  const { language, t } = useLanguage();
  const gateway = useGateway();
  const list = useQuery(() => gateway.listRules({}));
  const entries = useEntries({ version: list.value?.version ?? 0, reload: list.reload });
  return (
    <>
      {entries.said === undefined ? null : <Notice tone="good">{entries.said}</Notice>}
      <ProblemNotice problem={list.problem} />
      <Panel title={t(catalogueMessages.view)} scrolls>
        {list.value === undefined ? <p className="empty">{t(general.loading)}</p> : null}
        {list.value === undefined
          ? null
          : KINDS.map((kind) => (
              <KindTable
                key={kind}
                {...{ kind, entries, mayChange }}
                lines={linesOf(kind, list.value!, language)}
              />
            ))}
      </Panel>
      {entries.dialog}
    </>
  );
}

type KindTableProps = {
  kind: Kind;
  lines: readonly Line[];
  entries: ReturnType<typeof useEntries>;
  mayChange: boolean;
};

function KindTable({ kind, lines, entries, mayChange }: KindTableProps): ReactNode {
  const { t } = useLanguage();
  const name = t(catalogueKindNames[kind]);
  return (
    <section className="stack stack--tight">
      <div className="row row--spread">
        <h3>{name}</h3>
        {mayChange ? (
          <Button
            kind="quiet"
            aria-label={t(catalogueMessages.addKind, { kind: name })}
            onClick={() => entries.enter({ kind })}
          >
            {t(catalogueMessages.add)}
          </Button>
        ) : null}
      </div>
      {lines.length === 0 ? <p className="empty">{t(catalogueMessages.nothing)}</p> : null}
      {lines.length === 0 ? null : (
        <table className="table" aria-label={name}>
          <tbody>
            {lines.map(({ code, name: called, facts, row }) => (
              <tr key={code}>
                <th scope="row" className="nowrap">
                  {code}
                </th>
                <td>{called}</td>
                <td>{facts}</td>
                <td className="nowrap">
                  <RowActions {...{ kind, code, row, entries, mayChange }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
