/** Everything that stands on one ticket's paper, as it is printed. */
export type TicketPaper = {
  recipient: {
    name: string;
    postalCode: string | null;
    address: string;
    buildingLine: string | null;
    /** As printed, era date. */
    dateOfBirth: string;
    sex: string;
  };
  ticket: {
    ticketType: string;
    doseNumber: number;
    municipalityCode: string;
    ticketNumber: string;
    ocrLine: string;
  };
  municipalityName: string;
  senderLines: readonly string[];
  issuedOn: string;
  reissued: boolean;
};

/** A4, upright. */
export const PAGE_MM = { width: 210, height: 297 } as const;
