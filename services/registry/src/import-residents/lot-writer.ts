/** Takes lots in their order. */
export type LotWriter<Lot> = {
  /** Resolves when the lot before this one is written. */
  add(lot: Lot): Promise<void>;
  /** Resolves when all are written. */
  end(): Promise<void>;
};

/** Writes one lot while the next one is read. */
export function lotWriter<Lot>(write: (lot: Lot) => Promise<void>): LotWriter<Lot> {
  let busy = Promise.resolve();
  return {
    async add(lot) {
      await busy;
      busy = write(lot);
      // Its fault is met at the next lot, or at the end.
      busy.catch(() => undefined);
    },
    end: () => busy,
  };
}
