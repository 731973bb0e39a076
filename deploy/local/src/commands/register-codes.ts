import { BUILT_IN_CODES } from '@madoguchi/registry/domain/register-codes';
import { importCodes } from '@madoguchi/registry/import-residents/import-codes';
import { registry } from '@madoguchi/registry/service';
import { ownCodes } from '@madoguchi/registry/store/code-store';
import { withService } from './open-service.ts';
import { refusedBecause, report } from './outcome.ts';

type Options = { json?: boolean };

/** `residents codes list`: the municipality's own codes, then the words that need none. */
export async function listCodesCommand(options: Options): Promise<void> {
  const own = await withService(registry, ({ database, municipalityCode }) =>
    ownCodes(database.read, municipalityCode),
  );
  const lines = [...own, ...BUILT_IN_CODES].map(
    ({ codeTable, code, label, meaning }) => `${codeTable},${code},${label},${meaning}`,
  );
  report(options.json === true, { own, builtIn: BUILT_IN_CODES }, [
    '項目,コード,名称,意味',
    ...lines,
  ]);
}

/** `residents codes import FILE`: replaces the own codes; all of the file or nothing. */
export async function importCodesCommand(file: string, options: Options): Promise<void> {
  const imported = await withService(registry, ({ database, who, municipalityCode }) =>
    importCodes({ database, who, municipalityCode, path: file }),
  );
  if (!imported.ok) throw refusedBecause(imported.refusal, file, 'Nothing was changed.');
  report(options.json === true, imported.value, [
    `${imported.value.codes} codes; rows that hold them are read again at the next import.`,
  ]);
}
