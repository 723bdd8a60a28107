/** The invoices on which money is still expected, oldest due first, per currency. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Customer, OpenItem } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { accountQuery } from "./customers-api";
import classes from "./customer.module.css";

const SHOWN = 10; // oldest first; the rest is in the list of invoices

export function OpenInvoices({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const owing = customer.balances.filter((balance) => balance.open_minor > 0);
  return (
    <Panel
      title={m.customers.one.invoices}
      aside={
        <Link href={withQuery(pages.invoices, { customer_id: customer.id })}>
          {m.customers.one.allInvoices}
        </Link>
      }
      padding="flush"
    >
      {owing.length === 0 ? <p className={classes.quiet}>{m.customers.one.noInvoices}</p> : null}
      {owing.map(({ currency }) => (
        <InCurrency key={currency} id={customer.id} currency={currency} />
      ))}
    </Panel>
  );
}

function InCurrency({ id, currency }: { id: string; currency: string }) {
  const { m } = useLanguage();
  const account = useQuery(accountQuery(id, currency));
  if (account.error) {
    return (
      <div className={classes.inset}>
        <ErrorState error={account.error} retry={() => void account.refetch()} />
      </div>
    );
  }
  if (account.data === undefined) return <ListSkeleton rows={4} />;
  const items = account.data.open_items;
  return (
    <>
      <ul className={classes.rows}>
        {items.slice(0, SHOWN).map((item) => (
          <Row key={item.invoice_id} item={item} currency={currency} />
        ))}
      </ul>
      {items.length > SHOWN ? (
        <p className={classes.quiet}>
          <Link href={withQuery(pages.invoices, { customer_id: id, currency, tab: "open" })}>
            {m.customers.one.more(items.length - SHOWN)}
          </Link>
        </p>
      ) : null}
    </>
  );
}

function Row({ item, currency }: { item: OpenItem; currency: string }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.customers.one;
  const late = daysBetween(item.due_date, today);
  return (
    <li>
      <Link href={pages.invoice(item.invoice_id)} className={classes.row}>
        <span className={classes.rowTitle}>{item.number}</span>
        <Money minor={item.open_minor} currency={currency} />
        <span className={classes.rowDetail} data-tone={late > 0 ? "bad" : undefined}>
          {m.customers.one.due} {formatDay(item.due_date, locale)}
          {late > 0 ? ` · ${words.late(late)}` : null}
        </span>
        <span className={classes.rowDetail}>
          {item.pending_minor > 0
            ? words.onItsWay(formatMoney(item.pending_minor, currency, locale))
            : item.open_minor < item.total_minor
              ? words.ofTotal(formatMoney(item.total_minor, currency, locale))
              : null}
        </span>
      </Link>
    </li>
  );
}
