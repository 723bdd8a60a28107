/** By what a message is called in lists and headings. */
import type { MessageRow } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";

/** Its subject; a letter has none, and a mail of which nobody knows may lack it. */
export function messageTitle(
  { subject, channel, purpose }: Pick<MessageRow, "subject" | "channel" | "purpose">,
  m: Messages,
): string {
  if (subject !== "") return subject;
  return channel === "letter" ? m.mails.letter.title : wordFor(m.words.purpose, purpose);
}
