/** Stop the machine for a customer, or prepare a case: entries of the menu and their questions. */
import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";

import { useCan } from "@/api/me";
import type { Account, Customer } from "@/api/models";
import { onDemand } from "@/components/on-demand";
import { StateBadge } from "@/components/state-badge";
import { useMe } from "@/api/me";
import { useLanguage } from "@/i18n";
import { handoversOf, holdsOf } from "@/silence/silence-api";

import classes from "./customer.module.css";
import { accountQuery } from "./customers-api";

const HandoverDialog = onDemand(() => import("@/silence/handover-dialog").then((one) => one.HandoverDialog));
const HoldDialog = onDemand(() => import("@/silence/hold-dialog").then((one) => one.HoldDialog));
const LegalFileDialog = onDemand(() => import("@/silence/legal-file-dialog").then((one) => one.LegalFileDialog));

export interface Silencing {
  what: "hold" | "handover" | "file";
  currency: string;
}

interface ItemsProps {
  customer: Customer;
  onAsk: (asked: Silencing) => void;
}

/** A customer that owes nothing can be paused beforehand, in its own currency. */
export function SilenceItems({ customer, onAsk }: ItemsProps) {
  const { m } = useLanguage();
  const canHandOver = useCan("accountant");
  const owing = customer.balances.filter(({ open_minor: open }) => open > 0);
  const currencies = owing.map(({ currency }) => currency);
  const held = currencies.length > 0 ? currencies : [customer.currency];
  const suffix = (currency: string) => (currencies.length > 1 ? ` (${currency})` : "");
  return (
    <>
      {held.map((currency) => (
        <Menu.Item key={currency} onClick={() => onAsk({ what: "hold", currency })}>
          {m.silence.hold.action + suffix(currency)}
        </Menu.Item>
      ))}
      {currencies.map((currency) => (
        <Fragment key={currency}>
          {canHandOver ? (
            <Menu.Item onClick={() => onAsk({ what: "handover", currency })}>
              {m.silence.legal.action + suffix(currency)}
            </Menu.Item>
          ) : null}
          <Menu.Item onClick={() => onAsk({ what: "file", currency })}>
            {m.silence.file.action + suffix(currency)}
          </Menu.Item>
        </Fragment>
      ))}
    </>
  );
}

/** Beside the name: that somebody stopped the machine for all of it or for a part. */
export function SilenceBadges({ id }: { id: string }) {
  const { m } = useLanguage();
  const holds = useQuery(holdsOf(id));
  const handovers = useQuery(handoversOf(id));
  const isLegal = handovers.data?.some(({ state }) => state === "open") ?? false;
  const isPaused =
    holds.data?.some(({ state, invoice_ids: ids }) => state === "open" && ids.length === 0) ?? false;
  if (!isLegal && !isPaused) return null;
  return (
    <span className={classes.silence}>
      {isLegal ? <StateBadge tone="warn">{m.silence.legal.badge}</StateBadge> : null}
      {isPaused ? <StateBadge tone="idle">{m.agreements.kinds["hold"] ?? ""}</StateBadge> : null}
    </span>
  );
}

interface DialogsProps {
  customer: Customer;
  asked: Silencing | null;
  /** The currency of the last one asked for, so that a closing dialog keeps its content. */
  currency: string;
  onDone: () => void;
}

export function SilenceDialogs({ customer, asked, currency, onDone }: DialogsProps) {
  const account = useQuery({
    ...accountQuery(customer.id, currency),
    enabled: asked !== null,
    retry: false,
  });
  const all = invoicesOf(account.data);
  const elsewhere = handedOver(account.data);
  const shared = { customerId: customer.id, name: customer.name, currency, onDone };
  const isKnown = account.data !== undefined;
  const { today } = useMe();
  const items = account.data?.open_items ?? [];
  const overdue = new Set(
    items.filter(({ due_date: due }) => due < today).map(({ invoice_id: id }) => id),
  );
  const owesNothing = !customer.balances.some((one) => one.currency === currency);
  return (
    <>
      <HoldDialog
        {...shared}
        of="customer"
        invoices={all}
        isOpen={asked?.what === "hold" && (isKnown || owesNothing)}
      />
      <HandoverDialog
        {...shared}
        invoices={all.filter(({ id }) => !elsewhere.has(id))}
        isOpen={asked?.what === "handover" && isKnown}
      />
      <LegalFileDialog
        {...shared}
        invoices={all}
        overdue={overdue}
        isOpen={asked?.what === "file" && isKnown}
      />
    </>
  );
}

const invoicesOf = (account: Account | undefined) =>
  (account?.open_items ?? []).map(({ invoice_id: id, number, open_minor }) => ({
    id,
    number,
    open_minor,
  }));

/** The invoices that lawyers have. */
export const handedOver = (account: Account | undefined): ReadonlySet<string> =>
  new Set(
    (account?.rests ?? [])
      .filter(({ kind }) => kind === "legal")
      .flatMap(({ invoice_ids: ids }) => ids),
  );
