import { mailingSelection, noticesRunSelection } from '@madoguchi/contracts/export-selections';

/** What is to leave the house, as it is typed. */
export type ExportDraft = {
  what: 'mailing' | 'notices';
  /** `YYYY-MM-DD`, both included; empty while nothing was typed. */
  bornFrom: string;
  bornTo: string;
  /** At most so many papers. */
  limit: string;
};

/** As many as one run prints. */
const MOST_PAPERS = 10_000;

/** What a second person is asked for; undefined while it is not said. */
export function selectionOf({ what, bornFrom, bornTo, limit }: ExportDraft): string | undefined {
  if (what === 'mailing')
    return bornFrom === '' || bornTo === '' || bornFrom > bornTo
      ? undefined
      : mailingSelection(bornFrom, bornTo);
  const papers = /^\d{1,5}$/u.test(limit) ? Number(limit) : 0;
  return papers < 1 || papers > MOST_PAPERS ? undefined : noticesRunSelection(papers);
}

/** The command that uses the approval, as the administrator types it. */
export function commandOf(draft: ExportDraft, approvalId: string): string {
  const { what, bornFrom, bornTo, limit } = draft;
  return what === 'mailing'
    ? `npx madoguchi residents mailing mailing.csv --approval ${approvalId} --born-from ${bornFrom} --born-to ${bornTo}`
    : `npx madoguchi notices print papers --approval ${approvalId} --limit ${Number(limit)}`;
}
