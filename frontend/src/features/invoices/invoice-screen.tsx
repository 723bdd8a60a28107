/** One invoice: what is owed and since when, the document, and what happened to it. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Invoice } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { InvoiceState } from "@/components/invoice-state";
import { Money } from "@/components/money";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { InvoiceActions } from "./invoice-actions";
import { InvoiceAside } from "./invoice-aside";
import { InvoiceNotices } from "./invoice-notices";
import classes from "./invoice.module.css";
import { invoiceQuery } from "./invoices-api";
import { LatePanel } from "./late-panel";
import { Paper, paperOf } from "./paper";
import { useSeller } from "./use-seller";
import { useStanding } from "./use-standing";

export default function InvoiceScreen({ id }: { id: string }) {
  const { m } = useLanguage();
  const me = useMe();
  const seller = useSeller();
  const invoice = useQuery(invoiceQuery(id));
  if (invoice.isLoadingError) {
    return <ErrorState error={invoice.error} retry={() => void invoice.refetch()} />;
  }
  if (invoice.data === undefined) return <PageSkeleton />;
  const { data } = invoice;
  const number = data.number ?? m.invoices.page.draft;
  return (
    <>
      <div className={classes.head}>
        <PageHeader
          title={data.customer_name}
          href={pages.customer(data.customer_id)}
          crumb={
            <>
              <Link href={pages.invoices}>{m.invoices.title}</Link>
              {` / ${number}`}
            </>
          }
          detail={<Owed invoice={data} today={me.today} />}
          actions={<InvoiceActions invoice={data} />}
        />
      </div>
      <InvoiceNotices invoice={data} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Paper content={paperOf(data, seller)} />
          <div className={classes.beneath}>
            <LatePanel invoice={data} />
          </div>
        </div>
        <InvoiceAside invoice={data} />
      </div>
    </>
  );
}

/** The largest thing on the page: how much is open, and since when. */
function Owed({ invoice, today }: { invoice: Invoice; today: string }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.page;
  const { currency } = invoice;
  const isDraft = invoice.issued_at === null;
  const isOpen = invoice.open_minor > 0;
  return (
    <div className={classes.owed}>
      {isDraft || isOpen ? (
        <Money
          minor={isDraft ? invoice.total_minor : invoice.open_minor}
          currency={currency}
          size="huge"
          tone={invoice.overdue ? "bad" : isDraft ? "soft" : "normal"}
        />
      ) : null}
      <div className={classes.since}>
        <InvoiceState state={invoice.state} overdue={invoice.overdue} />
        {isOpen && invoice.open_minor < invoice.total_minor ? (
          <span>{words.of(formatMoney(invoice.total_minor, currency, locale))}</span>
        ) : null}
        {isOpen && invoice.due_date ? (
          <span>{words.dueOn(formatDay(invoice.due_date, locale))}</span>
        ) : null}
        {invoice.overdue && invoice.due_date ? (
          <strong className={classes.late}>
            {words.overdueSince(daysBetween(invoice.due_date, today))}
          </strong>
        ) : null}
        <Asked invoice={invoice} />
        <Offer invoice={invoice} today={today} />
        {invoice.state === "paid" ? <span>{words.paidUp}</span> : null}
        {invoice.state === "written_off" ? (
          <span>{m.changes.writeOff.done(formatMoney(invoice.written_off_minor, currency, locale))}</span>
        ) : null}
        {isDraft ? <span>{words.notIssued}</span> : null}
        {invoice.state === "void" ? (
          <span>{invoice.void_reason ?? words.isVoid}</span>
        ) : null}
      </div>
    </div>
  );
}

/** How much of what is open is asked for, when it is not all. */
function Asked({ invoice }: { invoice: Invoice }) {
  const { m, locale } = useLanguage();
  const { item, rests } = useStanding(invoice);
  if (item === undefined || item.asked_minor === item.open_minor) return null;
  const isLegal = rests.some(({ kind }) => kind === "legal");
  const isPaused = rests.some(({ kind, resting_minor: minor }) => kind === "hold" && minor > 0);
  return (
    <>
      {isLegal ? <StateBadge tone="warn">{m.silence.legal.badge}</StateBadge> : null}
      {isPaused && !isLegal ? (
        <StateBadge tone="idle">{m.agreements.kinds["hold"] ?? ""}</StateBadge>
      ) : null}
      <span>{m.changes.rests.askedNow(formatMoney(item.asked_minor, invoice.currency, locale))}</span>
    </>
  );
}

/** What the customer may still pay instead, for paying early. */
function Offer({ invoice, today }: { invoice: Invoice; today: string }) {
  const { m, locale } = useLanguage();
  const { until, needed_minor: needed } = invoice.discount ?? {};
  if (!until || !needed || until < today || needed <= 0 || needed >= invoice.open_minor) return null;
  const amount = formatMoney(needed, invoice.currency, locale);
  return <span>{m.invoices.page.offer(amount, formatDay(until, locale))}</span>;
}
