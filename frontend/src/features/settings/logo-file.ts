/** A picture that somebody chose, before it is sent: the server decides again, and better. */
export type LogoFault = "type" | "size";

const TYPES = ["image/png", "image/jpeg"];
const MOST_BYTES = 512 * 1024; // as on the server, chalicelib/domain/logo.py
const AT_ONCE = 0x8000; // arguments that a call of fromCharCode surely takes

export function logoFault(file: { type: string; size: number }): LogoFault | null {
  if (!TYPES.includes(file.type)) return "type";
  return file.size > MOST_BYTES ? "size" : null;
}

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(start, start + AT_ONCE));
  }
  return btoa(text);
}
