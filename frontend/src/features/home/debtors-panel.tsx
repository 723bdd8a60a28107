/** Who owes most in a currency, and since when. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { Debtor } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { customerName } from "@/lib/customer-name";
import { daysBetween } from "@/lib/dates";

import { debtorsQuery } from "./home-api";
import classes from "./home.module.css";

interface Props {
  currency: string;
  today: string;
}

export function DebtorsPanel({ currency, today }: Props) {
  const { m } = useLanguage();
  return (
    <Panel
      title={m.home.debtors}
      aside={<Link href={pages.customers}>{m.home.debtorsAll}</Link>}
      padding="flush"
    >
      <Items currency={currency} today={today} />
    </Panel>
  );
}

function Items({ currency, today }: Props) {
  const { m } = useLanguage();
  const debtors = useQuery(debtorsQuery(currency));
  if (debtors.isLoadingError) return <ErrorState error={debtors.error} retry={() => void debtors.refetch()} />;
  if (debtors.data === undefined) return <ListSkeleton rows={4} />;
  if (debtors.data.length === 0) return <p className={classes.quiet}>{m.home.debtorsNone}</p>;
  return (
    <ul className={classes.rows}>
      {debtors.data.map((debtor) => (
        <DebtorRow key={debtor.customer_id} debtor={debtor} today={today} />
      ))}
    </ul>
  );
}

function DebtorRow({ debtor, today }: { debtor: Debtor; today: string }) {
  const { m } = useLanguage();
  const days = debtor.oldest_due_date ? daysBetween(debtor.oldest_due_date, today) : 0;
  return (
    <li>
      <Link href={pages.customer(debtor.customer_id)} className={classes.row}>
        <span className={classes.rowTitle}>{customerName(debtor.customer_id, debtor.customer_name, m)}</span>
        <Money minor={debtor.open_minor} currency={debtor.currency} />
        <span className={classes.rowDetail} data-tone={days > 0 ? "bad" : undefined}>
          {days > 0 ? m.home.since(days) : m.home.notDue}
        </span>
      </Link>
    </li>
  );
}
