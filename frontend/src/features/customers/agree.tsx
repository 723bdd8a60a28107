/** Agree with a customer on a promise or a plan, over what is not agreed on already. */
import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";

import type { Customer } from "@/api/models";
import { onDemand } from "@/components/on-demand";
import { useLanguage } from "@/i18n";

import { accountQuery } from "./customers-api";

const PlanDialog = onDemand(() => import("@/agreements/plan-dialog").then((one) => one.PlanDialog));
const PromiseDialog = onDemand(() => import("@/agreements/promise-dialog").then((one) => one.PromiseDialog));

export interface Agreeing {
  what: "promise" | "plan";
  currency: string;
}

interface ItemsProps {
  customer: Customer;
  onAsk: (asked: Agreeing) => void;
}

/** One entry per agreement and currency; the currency is named when there are several. */
export function AgreeItems({ customer, onAsk }: ItemsProps) {
  const { m } = useLanguage();
  const words = m.customers.one;
  const owing = customer.balances.filter((balance) => balance.open_minor > 0);
  const suffix = (currency: string) => (owing.length > 1 ? ` (${currency})` : "");
  return owing.map(({ currency }) => (
    <Fragment key={currency}>
      <Menu.Item onClick={() => onAsk({ what: "promise", currency })}>
        {words.newPromise + suffix(currency)}
      </Menu.Item>
      <Menu.Item onClick={() => onAsk({ what: "plan", currency })}>
        {words.newPlan + suffix(currency)}
      </Menu.Item>
    </Fragment>
  ));
}

interface DialogsProps {
  customerId: string;
  asked: Agreeing | null;
  /** The currency of the last one asked for, so that a closing dialog keeps its content. */
  currency: string;
  onDone: () => void;
}

export function AgreeDialogs({ customerId, asked, currency, onDone }: DialogsProps) {
  const account = useQuery({ ...accountQuery(customerId, currency), enabled: asked !== null });
  const invoices = (account.data?.open_items ?? [])
    .filter((item) => item.free_minor > 0)
    .map((item) => ({ id: item.invoice_id, number: item.number, open_minor: item.free_minor }));
  const isKnown = account.data !== undefined;
  const shared = { customerId, currency, invoices, onDone };
  return (
    <>
      <PromiseDialog {...shared} isOpen={asked?.what === "promise" && isKnown} />
      <PlanDialog {...shared} isOpen={asked?.what === "plan" && isKnown} />
    </>
  );
}
