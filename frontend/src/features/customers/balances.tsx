/** What a customer owes and since when, per currency: the largest things on the page. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Balance, Customer } from "@/api/models";
import { Money } from "@/components/money";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { UNIDENTIFIED } from "@/lib/customer-name";
import { daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import classes from "./customer.module.css";

export function Balances({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const shown = customer.balances.filter((one) => one.open_minor > 0 || one.unapplied_minor > 0);
  if (shown.length === 0) {
    return (
      <div className={classes.balances}>
        <p className={classes.nothing}>{m.customers.one.owesNothing}</p>
      </div>
    );
  }
  return (
    <div className={classes.balances}>
      {shown.map((balance) => (
        <InCurrency key={balance.currency} balance={balance} customerId={customer.id} />
      ))}
    </div>
  );
}

function InCurrency({ balance, customerId }: { balance: Balance; customerId: string }) {
  const { m, locale } = useLanguage();
  const words = m.customers.one;
  const { currency, open_minor: open, unapplied_minor: unapplied } = balance;
  return (
    <section className={classes.balance} aria-label={currency}>
      {open > 0 ? (
        <Money minor={open} currency={currency} size="huge" />
      ) : customerId === UNIDENTIFIED ? null : (
        <p className={classes.nothing}>{words.owesNothing}</p>
      )}
      {open > 0 ? <Since balance={balance} /> : null}
      {unapplied > 0 ? (
        <p className={classes.unapplied}>
          {words.unapplied(formatMoney(unapplied, currency, locale))}
          {customerId === UNIDENTIFIED ? null : (
            <>
              {" · "}
              <Link href={withQuery(pages.payments, { customer: customerId, tab: "unapplied" })}>
                {words.apply}
              </Link>
            </>
          )}
        </p>
      ) : null}
    </section>
  );
}

function Since({ balance }: { balance: Balance }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.customers.one;
  const { oldest_due_date: oldest, overdue_minor: overdue, currency } = balance;
  const day = oldest === null ? "" : formatDay(oldest, locale);
  if (overdue === 0 || oldest === null) {
    return (
      <p className={classes.since}>
        {words.notDue}
        {oldest === null ? null : `, ${words.nextDue(day)}`}
      </p>
    );
  }
  return (
    <>
      <p className={classes.since} data-tone="bad">
        {words.oldest(day)}
        <span className={classes.late}>{words.late(daysBetween(oldest, today))}</span>
      </p>
      {overdue < balance.open_minor ? (
        <p className={classes.part}>{words.overdueOf(formatMoney(overdue, currency, locale))}</p>
      ) : null}
    </>
  );
}
