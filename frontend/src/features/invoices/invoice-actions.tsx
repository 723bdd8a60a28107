/** What can be done with an invoice now: the most likely at hand, the rest in a menu. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { Fragment, useState } from "react";
import { Link, useLocation } from "wouter";

import { useCan } from "@/api/me";
import type { Invoice } from "@/api/models";
import { Icon } from "@/components/icon";
import { endpoints, pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { ActionDialogs } from "./action-dialogs";
import { type Action, stepsFor } from "./next-step";

const DANGEROUS: ReadonlySet<Action> = new Set<Action>(["delete", "void", "writeOff"]);

export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  const canWrite = useCan("accountant");
  const canChase = useCan("collector");
  // "Save and issue" of the editor arrives here with the question already asked.
  const [open, setOpen] = useState<Action | null>(query.has("issue") ? "issue" : null);
  const { main, beside, menu } = stepsFor(invoice, { canWrite, canChase });
  const begin = useBeginning(invoice, setOpen);
  const close = () => {
    setOpen(null);
    if (query.has("issue")) change({ issue: null }, "replace");
  };
  return (
    <>
      {invoice.origin === "imported" ? null : (
        <Button component="a" href={endpoints.invoicePdf(invoice.id)} target="_blank" variant="default">
          {m.invoices.act.pdf}
        </Button>
      )}
      {beside.map((action) => (
        <ActionButton key={action} action={action} invoice={invoice} begin={begin} />
      ))}
      {main === null ? null : (
        <ActionButton action={main} invoice={invoice} begin={begin} isMain />
      )}
      {menu.length === 0 ? null : <MoreMenu groups={menu} invoice={invoice} begin={begin} />}
      <ActionDialogs invoice={invoice} open={open} onClose={close} />
    </>
  );
}

/** Opens the question of an action; those with a page of their own lead there. */
function useBeginning(invoice: Invoice, open: (action: Action) => void) {
  const [, navigate] = useLocation();
  return (action: Action) => {
    const page = pageOf(action, invoice);
    if (page === null) open(action);
    else navigate(page);
  };
}

function pageOf(action: Action, invoice: Invoice): string | null {
  if (action === "edit") return pages.invoiceEdit(invoice.id);
  if (action === "copy") return withQuery(pages.invoiceNew, { copy: invoice.id });
  if (action !== "payment") return null;
  return withQuery(pages.paymentNew, {
    customer: invoice.customer_id,
    currency: invoice.currency,
    invoice: invoice.id,
  });
}

interface ActionProps {
  action: Action;
  invoice: Invoice;
  begin: (action: Action) => void;
  isMain?: boolean;
}

function ActionButton({ action, invoice, begin, isMain = false }: ActionProps) {
  const name = useName(invoice);
  const page = pageOf(action, invoice);
  const variant = isMain ? "filled" : "default";
  if (page !== null) {
    return (
      <Button component={Link} href={page} variant={variant}>
        {name(action)}
      </Button>
    );
  }
  return (
    <Button variant={variant} onClick={() => begin(action)}>
      {name(action)}
    </Button>
  );
}

function useName(invoice: Invoice): (action: Action) => string {
  const { m } = useLanguage();
  return (action) => {
    if (action === "send" && invoice.mail_state !== null) return m.invoices.act.sendAgain;
    if (action === "schedule" && invoice.scheduled_on !== null) return m.changes.act.reschedule;
    return { ...m.invoices.act, ...m.changes.act }[action];
  };
}

interface MenuProps {
  groups: readonly (readonly Action[])[];
  invoice: Invoice;
  begin: (action: Action) => void;
}

function MoreMenu({ groups, invoice, begin }: MenuProps) {
  const { m } = useLanguage();
  const name = useName(invoice);
  return (
    <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={m.common.actions.more}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((group, at) => (
          <Fragment key={group[0]}>
            {at === 0 ? null : <Menu.Divider />}
            {group.map((action) => (
              <Menu.Item
                key={action}
                {...(DANGEROUS.has(action) && { color: "var(--state-bad)" })}
                onClick={() => begin(action)}
              >
                {name(action)}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
