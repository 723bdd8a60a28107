/** Whether a text may be an e-mail address: the same rule as the server's. */
export function isEmail(text: string): boolean {
  return /^[^@\s<>,;"]+@[^@\s<>,;"]+\.[A-Za-z0-9-]+$/.test(text.trim());
}
