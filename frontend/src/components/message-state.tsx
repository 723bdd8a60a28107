/** The fate of a message to a customer. */
import { useLanguage, wordFor } from "@/i18n";

import { StateBadge, type Tone } from "./state-badge";

const TONES: Readonly<Record<string, Tone>> = {
  delivered: "good",
  opened: "good",
  delayed: "warn",
  unknown: "warn",
  undelivered: "bad",
  bounced: "bad",
  complained: "bad",
  refused: "bad",
  sent: "open",
};

export function MessageState({ state }: { state: string }) {
  const { m } = useLanguage();
  return (
    <StateBadge tone={TONES[state] ?? "idle"}>{wordFor(m.words.messageState, state)}</StateBadge>
  );
}
