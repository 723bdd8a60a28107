/** What became of a message, newest first: our own steps and the reports of the mail service. */
import type { MessageFile } from "@/api/models";
import type { TimelineItem } from "@/components/timeline";
import { type Messages, wordFor } from "@/i18n";

type About = Pick<MessageFile, "channel" | "state" | "created_at" | "claimed_at" | "sent_at" | "fates">;

export function historyOf(message: About, m: Messages): TimelineItem[] {
  const words = wordsOf(message, m);
  const own: TimelineItem[] = [{ id: "asked", at: message.created_at, title: words.asked }];
  const isReported = message.fates.some(({ what }) => what === "sent");
  const handedOver = message.sent_at ?? message.claimed_at;
  if (handedOver !== null && !isReported) {
    own.push({ id: "handed-over", at: handedOver, title: words.handedOver });
  }
  const reported = message.fates.map(({ what, at, address, detail }, place): TimelineItem => {
    const why = detail === null ? null : wordFor(m.words.messageReason, detail);
    const said = [address === null ? null : m.mails.one.copyTo(address), why];
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

/** How our own two steps are called: a letter is written and posted, a mail queued and handed over. */
function wordsOf({ channel, state }: About, m: Messages): { asked: string; handedOver: string } {
  const { one, letter } = m.mails;
  if (channel === "letter") return { asked: letter.written, handedOver: letter.posted };
  return { asked: one.asked, handedOver: state === "unknown" ? one.tried : one.handedOver };
}
