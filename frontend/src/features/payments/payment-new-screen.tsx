/** Record money received by hand: from whom, how much, and what it settles. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan } from "@/api/me";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { PaymentForm } from "./payment-form";
import { invoiceQuery } from "./payments-api";

export default function PaymentNewScreen() {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const isAllowed = useCan("accountant");
  const invoiceId = query.get("invoice");
  return (
    <>
      <PageHeader
        title={m.payments.new.title}
        crumb={<Link href={pages.payments}>{m.payments.title}</Link>}
      />
      {isAllowed ? (
        <Begun key={invoiceId} invoiceId={invoiceId} />
      ) : (
        <EmptyState title={m.common.errors.forbidden} />
      )}
    </>
  );
}

/** The form waits for what it was opened from: amount and currency of the invoice, the customer. */
function Begun({ invoiceId }: { invoiceId: string | null }) {
  const { query, change } = useUrlState();
  const invoice = useQuery({ ...invoiceQuery(invoiceId ?? ""), enabled: invoiceId !== null });
  const customerId = query.get("customer") ?? invoice.data?.customer_id ?? null;
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const [isBegun, setBegun] = useState(false);
  const failed = invoice.error ? invoice : customer.error ? customer : null;
  if (failed?.error) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  const isKnown =
    (invoiceId === null || invoice.data !== undefined) &&
    (customerId === null || customer.data !== undefined);
  // Once begun, the form stays while another customer's account is being read.
  if (isKnown && !isBegun) setBegun(true);
  if (!isKnown && !isBegun) return <PageSkeleton />;
  return (
    <PaymentForm
      invoice={invoice.data ?? null}
      customer={customer.data ?? null}
      chooseCustomer={(id) => change({ customer: id, invoice: null }, "replace")}
    />
  );
}
