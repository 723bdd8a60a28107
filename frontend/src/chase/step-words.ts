/** A step of a ladder in words: what it is, and its day as seen from the due date. */
import type { NextMessage } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";

type Step = Pick<NextMessage, "channel" | "template" | "step">;

/** "2.º recordatorio", "Llamada". */
export function stepName({ channel, template }: Omit<Step, "step">, m: Messages): string {
  if (channel === "call") return m.chase.call;
  return wordFor(m.words.template, template ?? "");
}

/** "2.º recordatorio, 7 días después de vencer". */
export function stepText(step: Step, m: Messages): string {
  const name = stepName(step, m);
  return step.step === null ? name : `${name}, ${m.chase.step(step.step)}`;
}

/** Who sends nothing is said to be stopped by what covers it; these can still be sent by hand. */
export function mayBeSent(reason: string | null): boolean {
  return reason === null;
}

/** Reasons that a better address removes. */
export function isAboutAddress(reason: string | null): boolean {
  return reason === "no_address" || (reason ?? "").startsWith("address_");
}
