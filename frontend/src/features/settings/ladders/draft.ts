/** A rule as it is edited: texts of fields, what is wrong with them, and the body that comes of it. */
import type { Policy, PolicyInput, Step } from "@/api/models";
import { isEmail } from "@/lib/email";
import { editableAmount, type Locale, parseMoney } from "@/lib/money";

export type Channel = NonNullable<Step["channel"]>;
export type Tone = NonNullable<Step["tone"]>;

export interface Rung {
  key: string;
  /** The server's id: a step that keeps it is the same step, on whatever day. Empty for a new one. */
  id: string;
  days: string;
  side: "before" | "after";
  channel: Channel;
  template: string;
  tone: Tone;
  claims: boolean;
  fee: string;
  copy: string;
  approves: boolean;
}

export interface Minimum {
  key: string;
  currency: string;
  amount: string;
}

export interface Draft {
  name: string;
  rungs: Rung[];
  minimums: Minimum[];
}

/** In what a person writes amounts: their language, and the company's currency, that of all fees. */
export interface Notation {
  locale: Locale;
  currency: string;
}

const MAILS = [
  "reminder_before",
  "reminder_first",
  "reminder_second",
  "reminder_firm",
  "reminder_last",
] as const;
const LETTERS = ["letter_formal", "letter_last_notice"] as const;

export const MAX_STEPS = 20;
const MOST_BEFORE = 90;
const MOST_AFTER = 365;
const FURTHER = 7; // a new step comes a week after the last
const MAX_COPIES = 5;
const MAX_NAME = 200;
const MIN_GAP = 2; // days between two messages to one customer, as the server keeps it

export function draftOf(policy: Policy, { locale, currency }: Notation): Draft {
  return {
    name: policy.name,
    rungs: policy.steps.map((step) => rungOf(step, { locale, currency })),
    minimums: Object.entries(policy.minimum_minor).map(([unit, minor]) => ({
      key: unit,
      currency: unit,
      amount: editableAmount(minor, unit, locale),
    })),
  };
}

function rungOf(step: Step, { locale, currency }: Notation): Rung {
  const fee = step.fee_minor ?? null;
  return {
    key: step.id === undefined || step.id === "" ? crypto.randomUUID() : step.id,
    id: step.id ?? "",
    days: String(Math.abs(step.offset_days)),
    side: step.offset_days < 0 ? "before" : "after",
    channel: step.channel ?? "email",
    template: step.template,
    tone: step.tone ?? "neutral",
    claims: step.claim === "interest",
    fee: fee === null || fee === 0 ? "" : editableAmount(fee, currency, locale),
    copy: (step.copy_to ?? []).join(", "),
    approves: step.needs_approval ?? false,
  };
}

/** Days after the due date, negative before it; null when it is no such number. */
export function offsetOf({ days, side }: Pick<Rung, "days" | "side">): number | null {
  if (!/^\d{1,3}$/.test(days.trim())) return null;
  const count = Number(days);
  if (count > (side === "before" ? MOST_BEFORE : MOST_AFTER)) return null;
  return side === "before" && count > 0 ? -count : count;
}

/** Nothing can be claimed before an invoice is late. */
export function canCharge(rung: Rung): boolean {
  return (offsetOf(rung) ?? 1) > 0;
}

export function templatesFor(channel: Channel): readonly string[] {
  return channel === "email" ? MAILS : channel === "letter" ? [...LETTERS, ...MAILS] : [...MAILS, ...LETTERS];
}

/** The step by another channel, with a text that goes by it. */
export function byChannel(rung: Rung, channel: Channel): Rung {
  const fits = templatesFor(channel).includes(rung.template) && channel !== "letter";
  const isLetter = LETTERS.some((one) => one === rung.template);
  if (fits || (channel === "letter" && isLetter)) return { ...rung, channel };
  return { ...rung, channel, template: channel === "letter" ? "letter_formal" : "reminder_firm" };
}

export function newRung(rungs: readonly Rung[]): Rung {
  const offsets = rungs.map(offsetOf).filter((offset) => offset !== null);
  return {
    key: crypto.randomUUID(),
    id: "",
    days: String(Math.min(Math.max(0, ...offsets) + FURTHER, MOST_AFTER)),
    side: "after",
    channel: "email",
    template: "reminder_last",
    tone: "firm",
    claims: false,
    fee: "",
    copy: "",
    approves: false,
  };
}

/** In the order of their days; one without a day stays where it was. */
export function inOrder(rungs: readonly Rung[]): Rung[] {
  const places = rungs.map((rung, at) => ({ rung, at, offset: offsetOf(rung) }));
  let last = Number.NEGATIVE_INFINITY;
  const known = places.map((place) => ({ ...place, offset: (last = place.offset ?? last) }));
  return known.sort((one, other) => one.offset - other.offset || one.at - other.at).map(({ rung }) => rung);
}

export type Flaw =
  | "badDays"
  | "twice"
  | "badFee"
  | "badCopy"
  | "manyCopies"
  | "noName"
  | "tooLong"
  | "badAmount"
  | "sameCurrency";

/** What is wrong, by "name", the key of a minimum, or the key of a step and its field. */
export function wrongIn(draft: Draft, notation: Notation): ReadonlyMap<string, Flaw> {
  const wrong = new Map<string, Flaw>();
  if (draft.name.trim() === "") wrong.set("name", "noName");
  if (draft.name.trim().length > MAX_NAME) wrong.set("name", "tooLong");
  const days = new Set<number>();
  for (const rung of draft.rungs) {
    const offset = offsetOf(rung);
    if (offset === null) wrong.set(`${rung.key} days`, "badDays");
    else if (days.has(offset)) wrong.set(`${rung.key} days`, "twice");
    else days.add(offset);
    if (feeOf(rung, notation) === undefined) wrong.set(`${rung.key} fee`, "badFee");
    const copies = copiesOf(rung);
    if (copies.length > MAX_COPIES) wrong.set(`${rung.key} copy`, "manyCopies");
    if (!copies.every(isEmail)) wrong.set(`${rung.key} copy`, "badCopy");
  }
  const seen = new Set<string>();
  for (const { key, currency, amount } of draft.minimums) {
    if ((parseMoney(amount, currency, notation.locale) ?? 0) <= 0) wrong.set(key, "badAmount");
    else if (seen.has(currency)) wrong.set(key, "sameCurrency");
    seen.add(currency);
  }
  return wrong;
}

/** The fee in minor units, null without one, undefined when what is written is none. */
function feeOf(rung: Rung, { locale, currency }: Notation): number | null | undefined {
  if (!canCharge(rung) || rung.fee.trim() === "") return null;
  const minor = parseMoney(rung.fee, currency, locale);
  return minor !== null && minor > 0 ? minor : undefined;
}

function copiesOf({ channel, copy }: Rung): string[] {
  if (channel !== "email") return [];
  return copy.split(/[\s,;]+/).filter((address) => address !== "");
}

/** Steps that come so soon after another that the server would keep them waiting. */
export function tooClose(rungs: readonly Rung[]): ReadonlySet<string> {
  const ordered = inOrder(rungs);
  const close = ordered.filter((rung, at) => {
    const before = ordered[at - 1];
    const [day, earlier] = [offsetOf(rung), before === undefined ? null : offsetOf(before)];
    return day !== null && earlier !== null && day > earlier && day - earlier < MIN_GAP;
  });
  return new Set(close.map(({ key }) => key));
}

/** The body of a request. Only for drafts in which nothing is wrong. */
export function inputOf(draft: Draft, notation: Notation): PolicyInput {
  return {
    name: draft.name.trim(),
    steps: inOrder(draft.rungs).map((rung) => stepOf(rung, notation)),
    minimum_minor: Object.fromEntries(
      draft.minimums.map(({ currency, amount }) => [
        currency,
        parseMoney(amount, currency, notation.locale) ?? 0,
      ]),
    ),
  };
}

export function stepOf(rung: Rung, notation: Notation): Required<Step> {
  return {
    id: rung.id,
    offset_days: offsetOf(rung) ?? 0,
    channel: rung.channel,
    template: rung.template,
    tone: rung.tone,
    claim: rung.claims && canCharge(rung) ? "interest" : "none",
    fee_minor: feeOf(rung, notation) ?? null,
    copy_to: copiesOf(rung),
    needs_approval: rung.approves,
  };
}

/** An id for a new rule: the words of its name, and a number where somebody has them already. */
export function newId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 26)
    .replace(/-+$/, "");
  const base = plain === "" ? "rule" : plain;
  const used = new Set([...taken, "new"]); // "new" is the page on which one is made
  const names = [base, ...Array.from({ length: used.size }, (_, at) => `${base}-${at + 2}`)];
  return names.find((one) => !used.has(one)) ?? base;
}
