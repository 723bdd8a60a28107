/** The particulars of a change in words, from the loose facts that the log keeps of it. */
import type { TimelineEntry } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney, type Locale } from "@/lib/money";

const MAX_NUMBERS = 3; // of invoices; more are counted

/** Why the system waives a claim by itself; people write reasons of their own. */
const NEVER_SENT = "never_sent";

type Facts = TimelineEntry["facts"];

/** Short phrases in a fixed order: number, amount, invoices, address, what was changed, days, proof, who, why. */
export function messagesOf(facts: Facts, m: Messages, locale: Locale): string[] {
  const words = m.customers.one;
  const phrases = [
    textOf(facts["number"]),
    amountOf(facts, "amount_minor", locale) ?? amountOf(facts, "total_minor", locale),
    numbersOf(facts["invoices"] ?? facts["numbers"]),
    textOf(facts["to"]),
    typeof facts["step"] === "number" ? words.step(facts["step"]) : null,
    changedOf(facts["changed"], words.facts.fields),
    typeof facts["what"] === "string" ? wordFor(m.words.what, facts["what"]) : null,
    chargeOf(facts, locale),
    dayOf(facts, "until", words.facts.until, locale),
    dayOf(facts, "deadline", words.facts.until, locale),
    dayOf(facts, "issue_on", words.facts.on, locale),
    dayOf(facts, "due_on", words.facts.on, locale),
    dayOf(facts, "posted_on", (day) => day, locale),
    textOf(facts["carrier"]),
    textOf(facts["tracking"]),
    textOf(facts["owner"]),
    reasonOf(facts["reason"], m),
    typeof facts["why"] === "string" ? wordFor(m.common.errors.byCode, facts["why"]) : null,
    typeof facts["policy"] === "string" ? wordFor(m.words.policy, facts["policy"]) : null,
    textOf(facts["note"]),
    outcomeOf(facts["outcome"], m.agreements.outcomes),
    unappliedOf(facts, words.facts.unapplied, locale),
  ];
  return phrases.filter((phrase) => phrase !== null);
}

/** A reason of the system's, one of a list, or in the person's own words. */
function reasonOf(fact: unknown, m: Messages): string | null {
  if (fact === NEVER_SENT) return m.late.unsent;
  const text = textOf(fact);
  return text === null ? null : (m.silence.reasons[text] ?? m.words.whyNot[text] ?? text);
}

function textOf(fact: unknown): string | null {
  return typeof fact === "string" && fact !== "" ? fact : null;
}

function amountOf(facts: Facts, name: string, locale: Locale): string | null {
  const { [name]: minor, currency } = facts;
  if (typeof minor !== "number" || typeof currency !== "string") return null;
  return formatMoney(minor, currency, locale);
}

/** Interest, compensation and fee of a late charge, together. */
function chargeOf(facts: Facts, locale: Locale): string | null {
  const { interest_minor: interest, compensation_minor: compensation, currency } = facts;
  if (typeof interest !== "number" || typeof compensation !== "number") return null;
  const fee = typeof facts["fee_minor"] === "number" ? facts["fee_minor"] : 0;
  if (typeof currency !== "string") return null;
  return formatMoney(interest + compensation + fee, currency, locale);
}

function dayOf(
  facts: Facts,
  name: string,
  say: (day: string) => string,
  locale: Locale,
): string | null {
  const day = facts[name];
  const isDay = typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day);
  return isDay ? say(formatDay(day, locale)) : null;
}

function outcomeOf(fact: unknown, words: Readonly<Record<string, string>>): string | null {
  const text = textOf(fact);
  return text === null ? null : (words[text] ?? text);
}

function unappliedOf(facts: Facts, say: (amount: string) => string, locale: Locale): string | null {
  if (facts["unapplied_minor"] === 0) return null;
  const amount = amountOf(facts, "unapplied_minor", locale);
  return amount === null ? null : say(amount);
}

function numbersOf(fact: unknown): string | null {
  if (!Array.isArray(fact) || fact.length === 0) return null;
  const rest = fact.length - MAX_NUMBERS;
  const shown = fact.slice(0, MAX_NUMBERS).map(String).join(", ");
  return rest > 0 ? `${shown} +${rest}` : shown;
}

function changedOf(fact: unknown, words: Readonly<Record<string, string>>): string | null {
  const names = Array.isArray(fact) ? fact.map(String) : [];
  return names.length === 0 ? null : names.map((name) => wordFor(words, name)).join(", ");
}
