/** How an invoice stands, in a word or two. State colours are for states only. */
import { daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import type { InvoiceRow, Part } from "../model";
import { useWords } from "../words";
import { useHome } from "./home";
import { Badge, type Tone } from "./parts";

export function InvoiceState({ row }: { row: InvoiceRow }) {
  const { w } = useWords();
  const { today } = useHome();
  if (row.state !== "open") {
    return <Badge tone={row.state === "paid" ? "good" : "idle"}>{w.state[row.state]}</Badge>;
  }
  if (row.overdue) return <Badge tone="bad">{w.state.overdue(row.days_overdue)}</Badge>;
  const days = daysBetween(today, row.due_date);
  return <Badge tone="idle">{days <= 0 ? w.state.dueToday : w.state.dueIn(days)}</Badge>;
}

const TONES: Record<Part["kind"], Tone> = {
  on_its_way: "good",
  dispute: "warn",
  promise: "idle",
  plan: "idle",
  other: "idle",
};

export function PartState({ part, currency }: { part: Part; currency: string }) {
  const { w, locale } = useWords();
  const amount = formatMoney(part.amount_minor, currency, locale);
  const until = part.until === null ? "" : formatDay(part.until, locale);
  const words: Record<Part["kind"], string> = {
    on_its_way: w.state.onItsWay(amount),
    dispute: w.state.dispute(amount),
    promise: until === "" ? w.state.other(amount) : w.state.promise(amount, until),
    plan: w.state.plan(amount),
    other: w.state.other(amount),
  };
  return <Badge tone={TONES[part.kind]}>{words[part.kind]}</Badge>;
}
