import fc from 'fast-check';
import type { CrashPoint } from './crash-point.fixture.ts';

/** A crash before one of so many statements, some of which never come; one in five of them at the server. */
export const someCrash = (lastStatement: number): fc.Arbitrary<CrashPoint | undefined> =>
  fc.option(
    fc.record<CrashPoint>({
      before: fc.integer({ min: 1, max: lastStatement }),
      how: fc.oneof(
        { weight: 4, arbitrary: fc.constant('thrown' as const) },
        { weight: 1, arbitrary: fc.constant('terminated' as const) },
      ),
    }),
    { nil: undefined },
  );
