/** What posting would do, before it is done: invoices settled, what stays open, what is left over. */
import type { PaymentPreview } from "@/api/models";
import { type Messages, useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import type { Outcome } from "./allocation";
import classes from "./allocation.module.css";
import type { Allocation } from "./use-allocation";
import type { Deduction } from "./use-deductions";

const NAMED = 8; // invoices by number; the rest is counted

interface Line {
  number: string;
  amount: number;
  discount: number;
  difference: number;
  left: number;
}

interface Props {
  allocation: Allocation;
  /** The server's word for it, as soon as it is there: it knows small differences, too. */
  preview?: PaymentPreview | undefined;
  /** What the customer kept back of which invoice. */
  keptBack?: readonly Pick<Deduction, "item" | "amount">[];
}

export function OutcomeList({ allocation, preview, keptBack = [] }: Props) {
  const { m, locale } = useLanguage();
  const words = m.payments.new;
  const { outcome, currency } = allocation;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const lines = preview === undefined ? ofOutcome(outcome) : ofPreview(preview);
  return (
    <div className={classes.outcome} aria-live="polite">
      <ul className={classes.lines}>
        {lines.slice(0, NAMED).map((line) => (
          <li key={line.number} className={classes.line}>
            <span>
              <strong>{line.number}</strong> {detailOf(line, words, money)}
            </span>
            <span className={classes.amount}>{money(line.amount)}</span>
          </li>
        ))}
        {lines.length > NAMED ? (
          <li className={classes.quiet}>{words.more(lines.length - NAMED)}</li>
        ) : null}
        {keptBack.map(({ item, amount }, at) => (
          <li key={at}>
            <strong>{item.number}</strong> {words.keptBack(money(amount))}
          </li>
        ))}
      </ul>
      <Left unapplied={preview?.unapplied_minor ?? outcome.unapplied} money={money} />
      {lines.length > 0 ? <p className={classes.quiet}>{words.rests}</p> : null}
    </div>
  );
}

function ofOutcome({ full, part }: Outcome): Line[] {
  const whole = full.map((one) => ({ ...one, left: 0 }));
  return [...whole, ...part].map(({ item, amount, discount, left }) => ({
    number: item.number,
    amount,
    discount,
    difference: 0,
    left,
  }));
}

function ofPreview({ allocations }: PaymentPreview): Line[] {
  return allocations.map((one) => ({
    number: one.number,
    amount: one.amount_minor,
    discount: one.discount_minor,
    difference: one.difference_minor,
    left: one.open_after_minor,
  }));
}

type Words = Messages["payments"]["new"];

function detailOf(line: Line, words: Words, money: (minor: number) => string): string {
  const parts = [
    line.left > 0 ? words.staysOpen(money(line.left)) : words.paysInFull,
    line.discount > 0 ? words.discount(money(line.discount)) : null,
    line.difference > 0 ? words.difference(money(line.difference)) : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function Left({ unapplied, money }: { unapplied: number; money: (minor: number) => string }) {
  const { m } = useLanguage();
  const words = m.payments.new;
  if (unapplied < 0) return <p className={classes.over}>{words.over(money(-unapplied))}</p>;
  if (unapplied > 0) return <p className={classes.waits}>{words.waits(money(unapplied))}</p>;
  return <p className={classes.quiet}>{words.allApplied}</p>;
}
