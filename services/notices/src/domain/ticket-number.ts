/** 券番号 has ten digits and no check digit; the municipality numbers from its own counter. */
export const LARGEST_TICKET_NUMBER = 9_999_999_999n;

/** The ten digits of a counter's value, leading zeros kept. */
export function ticketNumberOf(value: bigint): string {
  if (value < 1n || value > LARGEST_TICKET_NUMBER)
    throw new RangeError('the municipality has no ticket number left');
  return value.toString().padStart(10, '0');
}
