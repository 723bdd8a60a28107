/** The statement of account of a customer: any period on the screen, on paper, as PDF or by mail. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan, useMe } from "@/api/me";
import type { Customer } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { ListSkeleton, PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { useUrlState } from "@/lib/url-state";

import { flawOf, periodOf } from "./period";
import { PeriodPicker } from "./period-picker";
import { SendDialog } from "./send-dialog";
import { StatementSheet } from "./statement-sheet";
import { pdfAddress, statementQuery } from "./statements-api";

export default function StatementScreen({ id }: { id: string }) {
  const customer = useQuery(customerQuery(id));
  if (customer.data) return <Drawn customer={customer.data} />;
  if (customer.error) {
    return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  }
  return <PageSkeleton />;
}

/** What the URL asks for; the month before in the customer's own currency without a word. */
function useAsked(customer: Customer) {
  const { today } = useMe();
  const { query, change } = useUrlState();
  const usual = periodOf("last_month", today);
  const owing = customer.balances.find(({ open_minor: open }) => open > 0);
  const currency = query.get("currency") ?? owing?.currency ?? customer.currency;
  const period = {
    first: query.get("from") ?? usual.first,
    last: query.get("to") ?? usual.last,
  };
  return { currency, period, flaw: flawOf(period, today), change };
}

function Drawn({ customer }: { customer: Customer }) {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  const { currency, period, flaw, change } = useAsked(customer);
  const statement = useQuery({
    ...statementQuery(customer.id, currency, period),
    enabled: flaw === null,
  });
  const currencies = [...new Set([currency, ...customer.balances.map((one) => one.currency)])];
  const covers = words.of(formatDay(period.first, locale), formatDay(period.last, locale));
  return (
    <>
      <PageHeader
        title={words.title}
        crumb={<Link href={pages.customer(customer.id)}>{customer.name}</Link>}
        detail={flaw === null ? covers : null}
        actions={
          <Actions customer={customer} currency={currency} period={period} isReady={flaw === null} />
        }
      />
      <PeriodPicker
        period={period}
        flaw={flaw}
        currency={currency}
        currencies={currencies}
        onChange={({ first, last }) => change({ from: first, to: last }, "replace")}
        onCurrency={(chosen) => change({ currency: chosen }, "replace")}
      />
      {flaw !== null ? null : statement.data ? (
        <StatementSheet statement={statement.data} isStale={statement.isPlaceholderData} />
      ) : statement.error ? (
        <ErrorState error={statement.error} retry={() => void statement.refetch()} />
      ) : (
        <ListSkeleton />
      )}
    </>
  );
}

interface ActionsProps {
  customer: Customer;
  currency: string;
  period: { first: string; last: string };
  isReady: boolean;
}

function Actions({ customer, currency, period, isReady }: ActionsProps) {
  const { m } = useLanguage();
  const words = m.paper.statement;
  const canSend = useCan("collector");
  const [isSending, setIsSending] = useState(false);
  if (!isReady) return null;
  return (
    <>
      {canSend ? <Button onClick={() => setIsSending(true)}>{words.send}</Button> : null}
      <Button
        component="a"
        href={pdfAddress(customer.id, currency, period)}
        target="_blank"
        variant="default"
      >
        {words.pdf}
      </Button>
      <Button variant="default" onClick={() => window.print()}>
        {words.print}
      </Button>
      <SendDialog
        customer={customer}
        currency={currency}
        period={period}
        isOpen={isSending}
        onClose={() => setIsSending(false)}
      />
    </>
  );
}
