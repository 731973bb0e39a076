/** A dose that was given (接種記録). */
export type Dose = {
  residentId: string;
  /** 回数, the running total as the ledger counts it. */
  doseNumber: number;
  /** `YYYY-MM-DD`. */
  vaccinationDate: string;
  productCode: string;
  productName: string;
  venueName: string | null;
  lotNumber: string | null;
};

/** Doses of one resident that are the same dose: the last one stands. */
export function lastOfEach<D extends Dose>(doses: readonly D[]): D[] {
  const byKey = new Map<string, D>();
  for (const dose of doses)
    byKey.set([dose.residentId, dose.productCode, dose.doseNumber].join(' '), dose);
  return [...byKey.values()];
}
