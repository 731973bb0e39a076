/** Columns of a file by name; those with `true` must be there. */
export type FileColumns<Column extends string> = Readonly<Record<Column, boolean>>;
/** Where the columns stand in a file, names that are none of ours, and how many cells a row has. */
export type FileHeader<Column extends string> = {
  places: Map<Column, number>;
  ignored: string[];
  width: number;
};

/** What is wrong with a cell; never its value. */
export type Fault = { column: string; reason: string };

/** Half-width, as it is meant for machines. */
export const plain = (text: string): string => text.normalize('NFKC').trim();

/** Columns by name, in any order, with the required ones that are missing and those that stand there twice. */
export function readColumns<Column extends string>(
  cells: readonly string[],
  columns: FileColumns<Column>,
): { missing: Column[]; twice: Column[]; header: FileHeader<Column> } {
  const names = cells.map((cell) => cell.trim());
  const known = (name: string): name is Column => Object.hasOwn(columns, name);
  const places = new Map<Column, number>();
  for (const [place, name] of names.entries()) if (known(name)) places.set(name, place);
  return {
    missing: (Object.keys(columns) as Column[]).filter(
      (column) => columns[column] && !names.includes(column),
    ),
    twice: names.filter(known).filter((name, place, all) => all.indexOf(name) !== place),
    header: { places, ignored: names.filter((name) => !known(name)), width: names.length },
  };
}
