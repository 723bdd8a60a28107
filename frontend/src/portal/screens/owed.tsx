/** Who owes how much since when: the largest things on the screen, and how the amount is made up. */
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { useHome } from "../base/home";
import { Facts, Money, Soft } from "../base/parts";
import type { Account } from "../model";
import { useWords } from "../words";
import classes from "./home.module.css";

export function Owed({ account }: { account: Account }) {
  const { w, locale } = useWords();
  const { customer } = useHome();
  const { currency, to_pay_minor: toPay, open_minor: open } = account;
  return (
    <div className={classes.owed}>
      <p className={classes.customer}>{customer.name}</p>
      {toPay > 0 ? (
        <h1>
          <span className={classes.label}>{w.home.owed}</span>
          <span className={classes.amount}>{formatMoney(toPay, currency, locale)}</span>
        </h1>
      ) : (
        <h1 className={classes.nothing}>{open > 0 ? w.home.resting : w.home.nothing}</h1>
      )}
      {open === 0 ? <Soft>{w.home.nothingBody}</Soft> : null}
      {toPay > 0 ? <Since account={account} /> : null}
      <Sum account={account} />
      <Resting account={account} />
    </div>
  );
}

function Since({ account }: { account: Account }) {
  const { w, locale } = useWords();
  const { overdue_minor: overdue, oldest_due_date: since, invoices, currency } = account;
  if (overdue > 0 && since !== null) {
    const day = formatDay(since, locale);
    const isAll = overdue === account.to_pay_minor;
    return (
      <p className={classes.overdue}>
        {isAll ? w.home.allOverdue(day) : w.home.overdue(formatMoney(overdue, currency, locale), day)}
      </p>
    );
  }
  const next = invoices.find((row) => row.payable_minor > 0)?.due_date;
  return next === undefined ? null : <Soft>{w.home.noneOverdue(formatDay(next, locale))}</Soft>;
}

/** Only where the amount is not simply what the invoices say. */
function Sum({ account }: { account: Account }) {
  const { w } = useWords();
  const { currency, open_minor: open, to_pay_minor: toPay } = account;
  const { on_its_way_minor: coming, credit_minor: credit } = account;
  if (coming === 0 && credit === 0) return null;
  const money = (minor: number) => <Money minor={minor} currency={currency} />;
  return (
    <section aria-label={w.home.sum} className={classes.sum}>
      <Facts
        lines={[
          { label: w.home.open, value: money(open) },
          coming === 0 ? null : { label: w.home.onItsWay, value: money(-coming) },
          credit === 0 ? null : { label: w.home.credit, value: money(-credit) },
          toPay === 0 ? null : { label: w.home.owed, value: money(toPay), isSum: true },
        ]}
      />
    </section>
  );
}

/** What is not asked for at present, and until when. */
function Resting({ account }: { account: Account }) {
  const { w, locale } = useWords();
  const { currency, promises, plan, invoices } = account;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const disputed = invoices
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => (part.kind === "dispute" ? sum + part.amount_minor : sum), 0);
  const instalment = plan[0];
  return (
    <>
      {disputed > 0 ? <Soft>{w.home.disputed(money(disputed))}</Soft> : null}
      {promises.map((one) => (
        <Soft key={one.id}>
          {w.home.promised(money(one.amount_minor), formatDay(one.promised_on, locale))}
        </Soft>
      ))}
      {instalment === undefined ? null : (
        <Soft>{w.home.plan(money(instalment.amount_minor), formatDay(instalment.due_on, locale))}</Soft>
      )}
    </>
  );
}
