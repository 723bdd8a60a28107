/** What of the invoice is not asked for now, and why; and the disputes that were about it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { AgreementState } from "@/agreements/agreement-state";
import { accountQuery, plansOf, promisesOf } from "@/agreements/agreements-api";
import { CancelPlanDialog, CancelPromiseDialog } from "@/agreements/cancel-dialog";
import { ResolveDisputeDialog } from "@/agreements/resolve-dispute-dialog";
import { useCan } from "@/api/me";
import type { Dispute, Invoice, Plan, PromiseToPay, Rest } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";
import { DisputeFiles } from "@/portal-links/dispute-files";
import { SilenceActions, useSilenceDetails } from "@/silence/rest-actions";

import classes from "./invoice.module.css";
import { useStanding } from "./use-standing";

export function RestsPanel({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const { item, rests } = useStanding(invoice);
  const disputes = invoice.disputes.toSorted((one, other) => one.state.localeCompare(other.state));
  const pending = item?.pending_minor ?? 0;
  const isResting = rests.length > 0 || pending > 0;
  if (!isResting && disputes.length === 0) return null;
  const others = rests.filter(({ kind }) => kind !== "dispute");
  return (
    <Panel title={isResting ? m.changes.rests.title : m.changes.rests.was}>
      {item === undefined ? null : <Asked askedMinor={item.asked_minor} pendingMinor={pending} currency={invoice.currency} />}
      <ul className={classes.rows}>
        {disputes.map((dispute) => (
          <DisputeRow key={dispute.id} dispute={dispute} />
        ))}
        {others.map((rest) => (
          <RestRow key={`${rest.kind} ${rest.id}`} rest={rest} invoice={invoice} />
        ))}
      </ul>
    </Panel>
  );
}

interface AskedProps {
  askedMinor: number;
  pendingMinor: number;
  currency: string;
}

function Asked({ askedMinor, pendingMinor, currency }: AskedProps) {
  const { m } = useLanguage();
  const money = useMoney(currency);
  const words = m.changes.rests;
  const lines = [
    askedMinor > 0 ? words.asked(money(askedMinor)) : words.nothingAsked,
    pendingMinor > 0 ? words.pending(money(pendingMinor)) : null,
  ];
  return <p className={classes.asked}>{lines.filter((one) => one !== null).join(" ")}</p>;
}

function DisputeRow({ dispute }: { dispute: Dispute }) {
  const { m, locale } = useLanguage();
  const words = m.agreements;
  const [isOpen, setOpen] = useState(false);
  const canResolve = useCan("accountant") && dispute.state === "open";
  const day = formatDay(dispute.deadline, locale);
  const isResolved = dispute.state === "resolved";
  const details = isResolved
    ? [wordFor(words.outcomes, dispute.outcome ?? ""), dispute.note]
    : [dispute.owner, m.changes.rests.until(day)];
  return (
    <li>
      <span className={classes.named}>
        {wordFor(words.kinds, dispute.what)}
        <AgreementState state={dispute.overdue ? "overdue" : dispute.state} />
      </span>
      <Money
        minor={isResolved ? dispute.amount_minor : dispute.resting_minor}
        currency={dispute.currency}
        size="strong"
        tone={isResolved ? "soft" : "normal"}
      />
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>{m.changes.quoted(dispute.reason)}</span>
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
        {details.filter(Boolean).join(" · ")}
      </span>
      <span className={classes.whole}>
        <DisputeFiles dispute={dispute} />
      </span>
      {canResolve ? (
        <span className={`${classes.whole ?? ""} ${classes.acts ?? ""}`}>
          <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            {words.resolve.action}
          </Button>
          <ResolveDisputeDialog dispute={dispute} isOpen={isOpen} onClose={() => setOpen(false)} />
        </span>
      ) : null}
    </li>
  );
}

/** A promise, a plan, a chargeback or a pause: its amount, until when, and over how many invoices. */
function RestRow({ rest, invoice }: { rest: Rest; invoice: Invoice }) {
  const { m, locale } = useLanguage();
  const words = m.changes.rests;
  const money = useMoney(invoice.currency);
  const silence = useSilenceDetails(rest, invoice.customer_id);
  const isAgreed = rest.kind !== "hold" && rest.kind !== "legal";
  const isBroken = isAgreed && rest.resting_minor === 0;
  const next = rest.parts.find(({ until }) => until !== null);
  const day = next?.until ? formatDay(next.until, locale) : null;
  const when =
    day === null || next === undefined
      ? null
      : rest.kind === "plan"
        ? words.nextInstalment(money(next.amount_minor ?? 0), day)
        : words.until(day);
  const reach =
    rest.invoice_ids.length === 0
      ? words.wholeAccount
      : rest.invoice_ids.length > 1
        ? words.several(rest.invoice_ids.length)
        : null;
  return (
    <li>
      <span className={classes.named}>
        {wordFor(m.agreements.kinds, rest.kind)}
        {isBroken ? <AgreementState state="broken" /> : null}
      </span>
      <Money
        minor={isBroken ? (rest.amount_minor ?? 0) : rest.resting_minor}
        currency={invoice.currency}
        size="strong"
      />
      <span className={`${classes.soft ?? ""} ${classes.whole ?? ""}`}>
        {[isBroken ? words.broken : when, reach, ...silence].filter((one) => one !== null).join(" · ")}
      </span>
      {rest.kind === "promise" ? <TakeBackPromise id={rest.id} customerId={invoice.customer_id} /> : null}
      {rest.kind === "plan" ? <TakeBackPlan id={rest.id} customerId={invoice.customer_id} /> : null}
      {isAgreed ? null : <Wake rest={rest} invoice={invoice} />}
    </li>
  );
}

/** Change or lift a pause, take a hand-over back. */
function Wake({ rest, invoice }: { rest: Rest; invoice: Invoice }) {
  const account = useQuery(accountQuery(invoice.customer_id, invoice.currency));
  return (
    <span className={`${classes.whole ?? ""} ${classes.acts ?? ""}`}>
      <SilenceActions
        rest={rest}
        customerId={invoice.customer_id}
        account={account.data}
        size="compact-xs"
      />
    </span>
  );
}

interface TakeBackProps {
  id: string;
  customerId: string;
}

function TakeBackPromise({ id, customerId }: TakeBackProps) {
  const promises = useQuery(promisesOf(customerId));
  const promise = promises.data?.find((one) => one.id === id && one.state === "open");
  return promise === undefined ? null : <TakeBack promise={promise} />;
}

function TakeBackPlan({ id, customerId }: TakeBackProps) {
  const plans = useQuery(plansOf(customerId));
  const plan = plans.data?.find((one) => one.id === id && one.state === "open");
  return plan === undefined ? null : <TakeBack plan={plan} />;
}

function TakeBack({ promise, plan }: { promise?: PromiseToPay; plan?: Plan }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector")) return null;
  const close = () => setOpen(false);
  return (
    <span className={`${classes.whole ?? ""} ${classes.acts ?? ""}`}>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      {promise ? <CancelPromiseDialog agreement={promise} isOpen={isOpen} onClose={close} /> : null}
      {plan ? <CancelPlanDialog agreement={plan} isOpen={isOpen} onClose={close} /> : null}
    </span>
  );
}
