import { z } from 'zod';

export const staffConfig = {
  /**
   * `code`: a terminal is enrolled with a one-use code. `loopback`: a browser on this very machine is
   * enrolled at its first sign-in, for the local demo only.
   */
  TERMINAL_ENROLMENT: z.enum(['code', 'loopback']).default('code'),
};
