import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { CodeTable, RegisterCode } from '../domain/register-codes.ts';
import { CODE_TABLES, MEANINGS } from '../domain/register-codes.ts';
import { replaceCodes } from '../store/code-store.ts';
import { openCsv } from './read-file.ts';
import type { Header } from './read-header.ts';
import { cellsOf, readHeader } from './read-header.ts';
import { BrokenCsv } from './split-records.ts';

export type CodesOptions = {
  database: Database;
  who: Who;
  municipalityCode: string;
  /** CSV with 項目, コード, 名称 and 意味; the meanings are those of `MEANINGS`. */
  path: string;
};

const COLUMNS = ['項目', 'コード', '名称', '意味'] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A code, or what is wrong with its row. */
function readCode(cells: Cells): RegisterCode | string {
  const codeTable = CODE_TABLES.find((one) => one === cells['項目']?.trim());
  if (codeTable === undefined) return `項目は ${CODE_TABLES.join('・')} のどれかです`;
  const code = cells['コード']?.trim().normalize('NFKC') ?? '';
  const label = cells['名称']?.trim() ?? '';
  const meaning = cells['意味']?.trim() ?? '';
  if (code === '' || label === '') return 'コードか名称が空です';
  if (!MEANINGS[codeTable].includes(meaning))
    return `意味は ${MEANINGS[codeTable].join(', ')} のどれかです`;
  return { codeTable, code, label, meaning };
}

async function readCodes(path: string): Promise<{ codes: RegisterCode[]; faults: string[] }> {
  const file = await openCsv(path);
  const codes = new Map<string, RegisterCode>();
  const faults: string[] = [];
  let header: Header<(typeof COLUMNS)[number]> | undefined;
  for await (const rows of file.lots())
    for (const { line, values } of rows) {
      if (!header) {
        const read = readHeader(values, { columns: COLUMNS, required: COLUMNS });
        if (!read.ok) return { codes: [], faults: [`項目, コード, 名称, 意味 の列が必要です`] };
        header = read.value;
        continue;
      }
      const code = readCode(cellsOf(header, values));
      if (typeof code === 'string') faults.push(`line ${line}: ${code}`);
      else codes.set(`${code.codeTable} ${code.code}`, code);
    }
  // A file with its header alone empties the table; one without may be a slip.
  if (!header && faults.length === 0) return { codes: [], faults: ['ファイルが空です'] };
  return { codes: [...codes.values()], faults };
}

/** Replaces the municipality's own codes by those of a file: all of it, or nothing. */
export async function importCodes(
  options: CodesOptions,
): Promise<Result<{ codes: number }, Refusal<'import_refused'>>> {
  const { database, who, municipalityCode } = options;
  const read = await readCodes(options.path).catch((error: unknown) => {
    if (error instanceof BrokenCsv) return { codes: [], faults: ['CSVとして読めません'] };
    throw error;
  });
  if (read.faults.length > 0) return refuse('import_refused', { faults: read.faults.slice(0, 50) });
  await database.transaction(who, async (tx) => {
    await replaceCodes(tx.query, municipalityCode, read.codes);
    const tables: Partial<Record<CodeTable, number>> = {};
    for (const { codeTable } of read.codes) tables[codeTable] = (tables[codeTable] ?? 0) + 1;
    tx.audit({
      action: 'import',
      operation: 'registry.import-codes',
      outcome: 'done',
      detail: tables,
    });
  });
  return ok({ codes: read.codes.length });
}
