/** A part of a whole in whole percent, for reading only; no amount is ever computed from it. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}
