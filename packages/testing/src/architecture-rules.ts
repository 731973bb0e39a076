/** A source file as the rules see it: path from the repository's root, and text. */
export type SourceFile = { path: string; text: string };

/** A broken rule, worded so that the reader knows what to change. */
export type Violation = { path: string; rule: string };

const SERVICES_AND_DEPLOY =
  /^@madoguchi\/(registry|programme|reservations|health-records|notices|calls|staff|audit|console|local)\b/;
const DRAWERS = /(^|\/)(utils?|common|shared|lib|core|helpers|misc)(\/|\.ts$)/;
/** Folders of a service that every use case of it may import. */
const FOUNDATIONS = new Set(['domain', 'store', 'generated']);

/** Only `store/` touches a service's tables; seeds of the demo write as they like. */
const SQL_IN_STORE_ONLY = /^services\/[a-z-]+\/src\/(?!store\/|generated\/|seed-demo\/)/;
const SQL =
  /['"`]\s*(SELECT\s|INSERT INTO\s|UPDATE\s|DELETE FROM\s|WITH\s+\w+\s+AS\s|CREATE\s|COPY\s|LOCK\s|TRUNCATE\s)/;
/** Tables reached without a statement in sight: by the generated client, or by the pool itself. */
const TABLES_REACHED = /\bprisma\.\w+\.\w+\(|\bpool\.(query|connect)\(/;

/** A city in Japan is a day ahead of UTC until nine in the morning, and of wherever a database was set up. */
const DAY_OF_ELSEWHERE = /\b(?:new Date\(\)|now\(\)|now)\.toISOString\(\)\s*\.slice\(0, 10\)/;
const DAY_OF_THE_DATABASE = /\bcurrent_date\b/i;

const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path);

/** Import specifiers of a file, also of type-only and dynamic imports. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function brokenByImport(path: string, specifier: string): string[] {
  const broken: string[] = [];
  const [top, owner, part, folder] = path.split('/');
  const inService = top === 'services';
  if (SERVICES_AND_DEPLOY.test(specifier) && top !== 'deploy')
    broken.push(`imports ${specifier}: a service is spoken to over NATS, never imported`);
  const isOfTests = isTest(path) || part === 'e2e';
  if (specifier.startsWith('@madoguchi/testing') && top !== 'deploy' && !isOfTests)
    broken.push('imports testing outside a test');
  if (inService && path.includes('/src/domain/') && !isTest(path)) {
    if (!/^(\.\/|@madoguchi\/(kernel|contracts)|@holiday-jp\/)/.test(specifier))
      broken.push(`domain imports ${specifier}: rules know neither tables nor transport`);
  }
  if (inService && owner === 'console' && path.includes('/web/')) {
    if (specifier.startsWith('@madoguchi/') && !/^@madoguchi\/(kernel|contracts)/.test(specifier))
      broken.push(`the browser imports ${specifier}: kernel and contracts only`);
  }
  // A checker that shares code with what it checks shares its mistakes.
  if (path.startsWith('packages/testing/src/check-run/') && !isTest(path))
    if (!/^(\.\/|node:|pg$)/.test(specifier))
      broken.push(
        `the checker of runs imports ${specifier}: it reads the record and the tables only`,
      );
  const slice = /^\.\.\/([a-z-]+)\//.exec(specifier)?.[1];
  if (inService && owner !== 'console' && slice && folder && !isTest(path)) {
    if (folder !== slice && !FOUNDATIONS.has(slice) && !FOUNDATIONS.has(folder))
      broken.push(`use case ${folder} imports use case ${slice}`);
    if (folder === 'store' && slice !== 'domain' && slice !== 'generated')
      broken.push(`store imports use case ${slice}`);
  }
  return broken;
}

function brokenByPlace(path: string): string[] {
  const broken: string[] = [];
  if (DRAWERS.test(path)) broken.push('lies in a drawer folder; name it after what it does');
  const depth = /^services\/[a-z-]+\/src\/(.*)$/.exec(path)?.[1]?.split('/').length;
  if (depth !== undefined && depth > 2) broken.push('deeper than src/<folder>/<file>.ts');
  return broken;
}

function brokenByText(path: string, text: string): string[] {
  const broken: string[] = [];
  const isProduct = !isTest(path) && !path.includes('/bench/');
  if (SQL_IN_STORE_ONLY.test(path) && isProduct && (SQL.test(text) || TABLES_REACHED.test(text)))
    broken.push('SQL outside store/: only the store knows the tables');
  if (DAY_OF_ELSEWHERE.test(text) || (isProduct && DAY_OF_THE_DATABASE.test(text)))
    broken.push('takes the day of somewhere else for today: tokyoDate says which day it is');
  return broken;
}

/** The rules of the tree that neither compiler nor linter can say (docs/architecture.md, §2). */
export function findViolations(files: readonly SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    [
      ...brokenByPlace(path),
      ...brokenByText(path, text),
      ...importsOf(text).flatMap((specifier) => brokenByImport(path, specifier)),
    ].map((rule) => ({ path, rule })),
  );
}
