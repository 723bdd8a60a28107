/** A reference or an account number in groups of four, as on paper. */
export function grouped(text: string): string {
  return text.replace(/(.{4})(?=.)/g, "$1 ");
}
