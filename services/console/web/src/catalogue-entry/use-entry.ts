import { useState } from 'react';
import { missingCharacters } from '../call-desk/reason-length.ts';
import type { Problem } from '../gateway/answer.ts';
import type { CatalogueEntry, CatalogueKind } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { useCommand } from '../gateway/use-command.ts';
import { catalogueMessages } from '../messages/catalogue-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import type { Draft, Row } from './entry-draft.ts';
import { codeOf, draftOf, nextCode, readDraft } from './entry-draft.ts';
import { ENTRY_KINDS } from './entry-fields.ts';
import { putEntry, readEntry } from './put-entry.ts';
import type { Foreseen } from './use-foreseen.ts';
import { useForeseen } from './use-foreseen.ts';

/**
 * What is to be entered: a new row, a correction of one, a new one that begins as a copy, or the next
 * version of one from a day on.
 */
export type EntryWanted = {
  kind: CatalogueKind;
  row?: Row & { revision: number };
  copy?: boolean;
  from?: boolean;
};
type Asked = { row: Row; revision: number; reason: string };

type EntryState = {
  draft: Draft;
  write: (field: string, text: string) => void;
  wrong: readonly string[];
  reason: string;
  setReason: (reason: string) => void;
  /** As it stands now, where somebody changed it while this was typed. */
  standing: (Row & { revision: number }) | undefined;
  foreseen: Foreseen | undefined;
  carriedOver: readonly string[];
  busy: boolean;
  problem: Problem | undefined;
  submit: () => Promise<void>;
};

/** The fields at first: of the next version, its day is asked for and its code follows from that. */
function firstDraft({ kind, row, copy, from }: EntryWanted): Draft {
  const { code } = ENTRY_KINDS[kind];
  const draft = draftOf(ENTRY_KINDS[kind], row);
  if (from === true) return { ...draft, [code]: '', validFrom: '' };
  return copy === true ? { ...draft, [code]: '' } : draft;
}

type Saving = {
  wanted: EntryWanted;
  foreseen: ReturnType<typeof useForeseen>;
  onSaved: (sentence: string) => void;
};

/** The two commands that save a row, each after its count; a row that somebody changed meanwhile is read again. */
function useSaving({ wanted, foreseen, onSaved }: Saving) {
  const { t } = useLanguage();
  const gateway = useGateway();
  const kind = ENTRY_KINDS[wanted.kind];
  const before = codeOf(kind, wanted.row);
  const [standing, setStanding] = useState<EntryState['standing']>(undefined);
  const [carriedOver, setCarriedOver] = useState<readonly string[]>([]);
  const put = useCommand((request: Asked, key: string) =>
    putEntry(gateway, { kind: wanted.kind, ...request }, key),
  );
  const change = useCommand(gateway.changeFromDay);
  const lookAgain = async (problem: Problem, code: string): Promise<void> => {
    if (problem.code === 'changed_meanwhile')
      setStanding(await readEntry(gateway, wanted.kind, (row) => codeOf(kind, row) === code));
  };
  return {
    standing,
    carriedOver,
    busy: put.busy || change.busy,
    problem: standing === undefined ? (put.problem ?? change.problem) : undefined,
    async changeFrom({ row, ...asked }: Asked, dryRun: boolean): Promise<void> {
      // Read by its own schema, so that its type is known only there.
      const next = { kind: wanted.kind, row } as never;
      const answer = await change.run({ code: before, next, dryRun, ...asked });
      if (answer?.ok === false) await lookAgain(answer.problem, before);
      if (answer?.ok !== true) return;
      const { rows, version, carriedOver: others } = answer.value;
      if (dryRun) {
        setCarriedOver(others.map(({ begun }) => begun));
        await foreseen.count(row, rows);
        return;
      }
      const day = typeof row['validFrom'] === 'string' ? row['validFrom'] : '';
      const names = { code: before, day, next: codeOf(kind, row), version };
      onSaved(t(catalogueMessages.changedFrom, names));
    },
    async save(asked: Asked): Promise<void> {
      const code = codeOf(kind, asked.row);
      const answer = await put.run(asked);
      if (answer?.ok === false) await lookAgain(answer.problem, code);
      if (answer?.ok === true)
        onSaved(t(catalogueMessages.saved, { code, version: answer.value.version }));
    },
  };
}

/** What is typed into a field; a code that was made from the day follows the day. */
const written = (
  before: Draft,
  { kind, row, from }: EntryWanted,
  { field, text }: { field: string; text: string },
): Draft => {
  const { code } = ENTRY_KINDS[kind];
  const old = codeOf(ENTRY_KINDS[kind], row);
  const follows =
    from === true &&
    field === 'validFrom' &&
    before[code] === nextCode(old, before['validFrom'] ?? '');
  return { ...before, [field]: text, ...(follows ? { [code]: nextCode(old, text) } : {}) };
};

/** A row that is typed, counted and saved; nothing typed is lost, whatever is refused. */
export function useEntry(
  wanted: EntryWanted,
  version: number,
  onSaved: (sentence: string) => void,
): EntryState {
  const kind = ENTRY_KINDS[wanted.kind];
  const [draft, setDraft] = useState(() => firstDraft(wanted));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const foreseen = useForeseen(version);
  const saving = useSaving({ wanted, foreseen, onSaved });
  const read = readDraft(kind, draft);
  const shown = read.ok ? foreseen.of(read.row) : undefined;
  const submit = async (): Promise<void> => {
    setWrong(read.ok ? [] : read.members);
    if (!read.ok || missingCharacters(reason) > 0) return;
    const { row } = read;
    const known = wanted.copy === true ? 0 : (wanted.row?.revision ?? 0);
    const asked = { row, revision: saving.standing?.revision ?? known, reason: reason.trim() };
    if (wanted.from === true) await saving.changeFrom(asked, shown === undefined);
    else if (shown === undefined)
      await foreseen.count(row, [{ kind: wanted.kind, row } as unknown as CatalogueEntry]);
    else await saving.save(asked);
  };
  return {
    draft,
    write: (field, text) => setDraft((before) => written(before, wanted, { field, text })),
    wrong,
    reason,
    setReason,
    standing: saving.standing,
    foreseen: shown,
    carriedOver: shown === undefined ? [] : saving.carriedOver,
    busy: saving.busy || foreseen.busy,
    problem: saving.problem,
    submit,
  };
}
