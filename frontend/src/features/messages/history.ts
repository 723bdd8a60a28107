/** What became of a message, newest first: our own steps and the reports of the mail service. */
import type { MessageFile } from "@/api/models";
import type { TimelineItem } from "@/components/timeline";
import { type Messages, wordFor } from "@/i18n";

type About = Pick<MessageFile, "created_at" | "claimed_at" | "sent_at" | "fates">;

export function historyOf(message: About, m: Messages): TimelineItem[] {
  const words = m.mails.one;
  const own: TimelineItem[] = [{ id: "asked", at: message.created_at, title: words.asked }];
  const isReported = message.fates.some(({ what }) => what === "sent");
  const handedOver = message.sent_at ?? message.claimed_at;
  if (handedOver !== null && !isReported) {
    own.push({ id: "handed-over", at: handedOver, title: words.handedOver });
  }
  const reported = message.fates.map(({ what, at, address, detail }, place): TimelineItem => {
    const why = detail === null ? null : wordFor(m.words.messageReason, detail);
    const said = [address === null ? null : words.copyTo(address), why];
    const text = said.filter((part) => part !== null).join(" · ");
    return {
      id: `${what}-${place}`,
      at,
      title: wordFor(m.mails.fates, what),
      ...(text !== "" && { detail: text }),
    };
  });
  // The server knows the order of what happened in one second.
  return [...own, ...reported].toReversed().toSorted((one, other) => other.at.localeCompare(one.at));
}
