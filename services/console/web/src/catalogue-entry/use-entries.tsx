import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import type { CatalogueKind } from '../gateway/contract-types.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { EntryWanted } from './use-entry.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { HistoryDialog } from './history-dialog.tsx';

type Entries = {
  /** What was done last, to be said. */
  said: string | undefined;
  enter: (wanted: EntryWanted) => void;
  showHistory: (kind: CatalogueKind, code: string) => void;
  /** The dialog that is open, if one is. */
  dialog: ReactNode;
};

/** Entering, correcting and looking back, from whatever list the rows stand in. */
export function useEntries(list: { version: number; reload: () => void }): Entries {
  const [wanted, setWanted] = useState<EntryWanted | undefined>(undefined);
  const [history, setHistory] = useState<{ kind: CatalogueKind; code: string } | undefined>(
    undefined,
  );
  const [said, setSaid] = useState<string | undefined>(undefined);
  return {
    said,
    enter(next) {
      setSaid(undefined);
      setWanted(next);
    },
    showHistory: (kind, code) => setHistory({ kind, code }),
    dialog: (
      <>
        {wanted === undefined ? null : (
          <EntryDialog
            {...{ wanted }}
            version={list.version}
            onClose={() => setWanted(undefined)}
            onSaved={(sentence) => {
              setWanted(undefined);
              setSaid(sentence);
              list.reload();
            }}
          />
        )}
        {history === undefined ? null : (
          <HistoryDialog {...history} onClose={() => setHistory(undefined)} />
        )}
      </>
    ),
  };
}

type RowActionsProps = {
  kind: CatalogueKind;
  code: string;
  row: object;
  entries: Entries;
  mayChange: boolean;
};

/** Rows that hold for a range of days can be changed from a day on. */
const DATED_KINDS: readonly CatalogueKind[] = ['dose-rule', 'other-vaccine-rule', 'priority-group'];

/** What can be done with one row. */
export function RowActions({ kind, code, row, entries, mayChange }: RowActionsProps): ReactNode {
  const { t } = useLanguage();
  const listed = row as NonNullable<EntryWanted['row']>;
  return (
    <>
      {mayChange ? (
        <>
          <Button
            kind="quiet"
            aria-label={t(catalogueMessages.editEntry, { code })}
            onClick={() => entries.enter({ kind, row: listed })}
          >
            {t(catalogueMessages.edit)}
          </Button>
          <Button
            kind="quiet"
            aria-label={t(catalogueMessages.copyEntry, { code })}
            onClick={() => entries.enter({ kind, row: listed, copy: true })}
          >
            {t(catalogueMessages.copy)}
          </Button>
          {DATED_KINDS.includes(kind) ? (
            <Button
              kind="quiet"
              aria-label={t(catalogueMessages.changeEntryFrom, { code })}
              onClick={() => entries.enter({ kind, row: listed, from: true })}
            >
              {t(catalogueMessages.changeFrom)}
            </Button>
          ) : null}
        </>
      ) : null}
      <Button
        kind="quiet"
        aria-label={t(catalogueMessages.historyOf, { code })}
        onClick={() => entries.showHistory(kind, code)}
      >
        {t(catalogueMessages.history)}
      </Button>
    </>
  );
}
