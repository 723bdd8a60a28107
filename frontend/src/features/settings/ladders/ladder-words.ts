/** Steps and sums of messages as text. */
import type { SimulatedStep, SimulatedTotals, Step } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";
import { formatMoney } from "@/lib/money";

import type { Notation } from "./draft";
import { heldBack, idle } from "./tally";

/** "Segundo recordatorio", "Llamada": what a step is, without its day. */
export function whatOf({ channel, template }: Pick<Step, "channel" | "template">, m: Messages): string {
  return channel === "call" ? m.ladders.call : wordFor(m.words.template, template);
}

/** "Segundo recordatorio, 7 días después". */
export function stepName(step: Step, m: Messages): string {
  return `${whatOf(step, m)}, ${lowered(m.ladders.offset(step.offset_days))}`;
}

/** "Segundo recordatorio, 7 días después (correo)". */
export function simulatedName(step: SimulatedStep, m: Messages): string {
  const when = lowered(m.ladders.offset(step.step));
  if (step.channel === "call") return `${m.ladders.call}, ${when}`;
  const channel = wordFor(m.words.channel, step.channel).toLowerCase();
  return m.ladders.inStep(wordFor(m.words.template, step.template), when, channel);
}

/** "Segundo recordatorio, 7 días después (correo) · tono firme · cargo de 10,00 €". */
export function simulatedForm(step: SimulatedStep, m: Messages, { locale, currency }: Notation): string {
  const words = m.ladders.editor;
  const fee = step.fee_minor ?? 0;
  const parts = [
    simulatedName(step, m),
    step.channel === "call" ? null : words.inTone(wordFor(words.tones, step.tone)),
    step.claim === "interest" ? words.claims : null,
    fee > 0 ? words.fees(formatMoney(fee, currency, locale)) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

/** "Correo · tono firme · reclama intereses · espera el visto bueno". */
export function detailsOf(step: Step, m: Messages, { locale, currency }: Notation): string {
  const words = m.ladders.editor;
  const tone = step.tone ?? "neutral";
  const fee = step.fee_minor ?? 0;
  const copies = step.copy_to ?? [];
  const parts = [
    step.channel === "call"
      ? `${words.callAbout}: ${lowered(wordFor(m.words.template, step.template))}`
      : wordFor(m.words.channel, step.channel ?? "email"),
    step.channel === "call" ? null : words.inTone(wordFor(words.tones, tone)),
    step.claim === "interest" ? words.claims : null,
    fee > 0 ? words.fees(formatMoney(fee, currency, locale)) : null,
    copies.length > 0 ? words.copies(copies.join(", ")) : null,
    step.needs_approval ? words.approves : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

/** "saldrían 41 mensajes (38 correos, 2 cartas, 1 llamada)". */
export function sentText({ would_send: count, by_channel: by }: SimulatedTotals, m: Messages): string {
  const words = m.ladders.changes;
  const channels = (["email", "letter", "call"] as const)
    .filter((channel) => (by[channel] ?? 0) > 0)
    .map((channel) => words.channels[channel](by[channel] ?? 0));
  return words.would(count, channels.join(", "));
}

/** "se omitirían 7: 3 en disputa, 4 con promesa de pago"; null when nothing is held back. */
export function heldBackText(totals: SimulatedTotals, m: Messages): string | null {
  const held = heldBack(totals);
  const words = m.ladders.changes;
  if (held.length === 0) return null;
  const reasons = held.map(([reason, count]) => `${count} ${wordFor(words.reasons, reason)}`);
  return words.skipped(held.reduce((all, [, count]) => all + count, 0), reasons.join(", "));
}

/** "a 120 cuentas no les toca nada"; null when something is due to everybody. */
export function idleText(totals: SimulatedTotals, m: Messages): string | null {
  const count = idle(totals);
  return count === 0 ? null : m.ladders.changes.none(count);
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
