/** What posting would do, before it is done: invoices settled, what stays open, what is left over. */
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./allocation.module.css";
import type { Allocation } from "./use-allocation";

const NAMED = 8; // invoices by number; the rest is counted

export function OutcomeList({ allocation }: { allocation: Allocation }) {
  const { m, locale } = useLanguage();
  const words = m.payments.new;
  const { outcome, currency } = allocation;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const lines = [
    ...outcome.full.map(({ item, amount }) => ({
      number: item.number,
      amount,
      detail: words.paysInFull,
    })),
    ...outcome.part.map(({ item, amount, left }) => ({
      number: item.number,
      amount,
      detail: words.staysOpen(money(left)),
    })),
  ];
  return (
    <div className={classes.outcome} aria-live="polite">
      <ul className={classes.lines}>
        {lines.slice(0, NAMED).map((line) => (
          <li key={line.number} className={classes.line}>
            <span>
              <strong>{line.number}</strong> {line.detail}
            </span>
            <span className={classes.amount}>{money(line.amount)}</span>
          </li>
        ))}
        {lines.length > NAMED ? (
          <li className={classes.quiet}>{words.more(lines.length - NAMED)}</li>
        ) : null}
      </ul>
      <Left unapplied={outcome.unapplied} money={money} />
      {lines.length > 0 ? <p className={classes.quiet}>{words.rests}</p> : null}
    </div>
  );
}

function Left({ unapplied, money }: { unapplied: number; money: (minor: number) => string }) {
  const { m } = useLanguage();
  const words = m.payments.new;
  if (unapplied < 0) return <p className={classes.over}>{words.over(money(-unapplied))}</p>;
  if (unapplied > 0) return <p className={classes.waits}>{words.waits(money(unapplied))}</p>;
  return <p className={classes.quiet}>{words.allApplied}</p>;
}
