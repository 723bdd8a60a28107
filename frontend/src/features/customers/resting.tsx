/** What is owed and not asked for now, and why: each dispute, promise, plan and pause with its way out. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { disputesOf, plansOf, promisesOf } from "@/agreements/agreements-api";
import { AgreementState } from "@/agreements/agreement-state";
import { useCan } from "@/api/me";
import type { Account, Customer, Dispute, Plan, PromiseToPay, Rest } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { onDemand } from "@/components/on-demand";
import { Panel } from "@/components/panel";
import { pages, withQuery } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { SilenceActions, useSilenceDetails } from "@/silence/rest-actions";
import { handoversOf, holdsOf } from "@/silence/silence-api";

import { accountQuery } from "./customers-api";
import classes from "./customer.module.css";

const CancelPlanDialog = onDemand(() => import("@/agreements/cancel-dialog").then((one) => one.CancelPlanDialog));
const CancelPromiseDialog = onDemand(() => import("@/agreements/cancel-dialog").then((one) => one.CancelPromiseDialog));
const ResolveDisputeDialog = onDemand(() => import("@/agreements/resolve-dispute-dialog").then((one) => one.ResolveDisputeDialog));

export function Resting({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const holds = useQuery(holdsOf(customer.id));
  const handovers = useQuery(handoversOf(customer.id));
  const silent = [...(holds.data ?? []), ...(handovers.data ?? [])].filter(isOpen);
  const owing = customer.balances.filter((balance) => balance.open_minor > 0);
  const currencies = [...new Set([...owing, ...silent].map(({ currency }) => currency))];
  if (currencies.length === 0) return null;
  return (
    <Panel
      title={m.customers.one.resting}
      aside={
        <Link href={withQuery(pages.promises, { customer: customer.id })}>
          {m.customers.one.allAgreements}
        </Link>
      }
      padding="flush"
    >
      {currencies.map((currency) => (
        <InCurrency key={currency} id={customer.id} currency={currency} />
      ))}
    </Panel>
  );
}

const isOpen = ({ state }: { state: string }) => state === "open";

function InCurrency({ id, currency }: { id: string; currency: string }) {
  const { m } = useLanguage();
  const account = useQuery(accountQuery(id, currency));
  const disputes = useQuery(disputesOf(id));
  const promises = useQuery(promisesOf(id));
  const plans = useQuery(plansOf(id));
  const failed = [account, disputes, promises, plans].find((one) => one.error !== null);
  if (failed?.error) {
    return (
      <div className={classes.inset}>
        <ErrorState error={failed.error} retry={() => void failed.refetch()} />
      </div>
    );
  }
  const rests = account.data?.rests ?? [];
  if (rests.length === 0) return <p className={classes.quiet}>{m.customers.one.nothingRests}</p>;
  const numbers = new Map(
    account.data?.open_items.map((item) => [item.invoice_id, item.number]) ?? [],
  );
  return (
    <ul className={classes.rows}>
      {rests.map((rest) => (
        <Row
          key={`${rest.kind} ${rest.id}`}
          rest={rest}
          account={account.data}
          currency={currency}
          numbers={rest.invoice_ids.flatMap((one) => numbers.get(one) ?? [])}
          dispute={disputes.data?.find((one) => one.id === rest.id)}
          promise={promises.data?.find((one) => one.id === rest.id)}
          plan={plans.data?.find((one) => one.id === rest.id)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  rest: Rest;
  account: Account | undefined;
  currency: string;
  numbers: readonly string[];
  dispute: Dispute | undefined;
  promise: PromiseToPay | undefined;
  plan: Plan | undefined;
}

function Row({ rest, account, currency, numbers, dispute, promise, plan }: RowProps) {
  const { m, locale } = useLanguage();
  const words = m.customers.one;
  const until = rest.parts.find((part) => part.until !== null)?.until ?? null;
  const customerId = account?.customer_id ?? "";
  const silence = useSilenceDetails(rest, customerId);
  const isAgreed = rest.kind !== "hold" && rest.kind !== "legal";
  const isBroken = isAgreed && rest.resting_minor === 0;
  const about = dispute?.reason ?? promise?.note ?? plan?.note ?? null;
  const details = [
    rest.invoice_ids.length === 0 && !isAgreed
      ? m.silence.list.wholeAccount
      : numbers.slice(0, 3).join(", ") + (numbers.length > 3 ? ` +${numbers.length - 3}` : ""),
    dispute ? words.resolveBy(formatDay(dispute.deadline, locale)) : null,
    until === null ? null : words.restsUntil(formatDay(until, locale)),
    dispute?.owner ?? promise?.owner ?? plan?.owner ?? null,
    about,
    ...silence,
  ];
  return (
    <li className={classes.rest}>
      <span className={classes.restTitle}>
        {wordFor(m.agreements.kinds, dispute?.what ?? rest.kind)}
        {isBroken ? <AgreementState state="broken" isPlan={rest.kind === "plan"} /> : null}
        {dispute?.overdue ? <AgreementState state="overdue" /> : null}
      </span>
      <Money
        minor={isBroken ? (rest.amount_minor ?? 0) : rest.resting_minor}
        currency={currency}
      />
      <span className={classes.rowDetail}>{details.filter(Boolean).join(" · ")}</span>
      <span className={classes.restAction}>
        {dispute ? <Resolve dispute={dispute} /> : null}
        {promise ? <CancelPromise promise={promise} /> : null}
        {plan ? <CancelPlan plan={plan} /> : null}
        <SilenceActions rest={rest} customerId={customerId} account={account} />
      </span>
    </li>
  );
}

function Resolve({ dispute }: { dispute: Dispute }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("accountant") || dispute.state !== "open") return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.resolve.action}
      </Button>
      <ResolveDisputeDialog dispute={dispute} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function CancelPromise({ promise }: { promise: PromiseToPay }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector") || promise.state !== "open") return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      <CancelPromiseDialog agreement={promise} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function CancelPlan({ plan }: { plan: Plan }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector") || plan.state !== "open") return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      <CancelPlanDialog agreement={plan} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
