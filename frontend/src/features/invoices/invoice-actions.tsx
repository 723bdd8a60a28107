/** What can be done with an invoice now, by its state and by the person's role. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import { useCan } from "@/api/me";
import type { Invoice } from "@/api/models";
import { Icon } from "@/components/icon";
import { endpoints, pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { DeleteDialog, IssueDialog, SendDialog, VoidDialog } from "./invoice-dialogs";

type Dialog = "issue" | "send" | "void" | "delete";

export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const { query, change } = useUrlState();
  // "Save and issue" of the editor arrives here with the question already asked.
  const [open, setOpen] = useState<Dialog | null>(query.has("issue") ? "issue" : null);
  const canWrite = useCan("accountant");
  const canSend = useCan("collector");
  const isDraft = invoice.state === "draft";
  const isOwed = invoice.state === "issued" || invoice.state === "partially_paid";
  const wasSent = invoice.mail_state !== null;
  const close = () => {
    setOpen(null);
    if (query.has("issue")) change({ issue: null }, "replace");
  };
  const dialog = { invoice, onClose: close };
  return (
    <>
      <Button component="a" href={endpoints.invoicePdf(invoice.id)} target="_blank" variant="default">
        {m.invoices.act.pdf}
      </Button>
      {isDraft && canWrite ? (
        <>
          <Button component={Link} href={pages.invoiceEdit(invoice.id)} variant="default">
            {m.invoices.act.edit}
          </Button>
          <Button onClick={() => setOpen("issue")}>{m.invoices.act.issue}</Button>
        </>
      ) : null}
      {isOwed && canSend ? (
        <Button variant={wasSent ? "default" : "filled"} onClick={() => setOpen("send")}>
          {wasSent ? m.invoices.act.sendAgain : m.invoices.act.send}
        </Button>
      ) : null}
      {isOwed && canWrite ? <PaymentButton invoice={invoice} isMain={wasSent} /> : null}
      {canWrite ? <MoreMenu invoice={invoice} onOpen={setOpen} /> : null}
      <IssueDialog isOpen={open === "issue" && isDraft} {...dialog} />
      <SendDialog isOpen={open === "send"} {...dialog} />
      <VoidDialog isOpen={open === "void"} {...dialog} />
      <DeleteDialog isOpen={open === "delete"} {...dialog} />
    </>
  );
}

function PaymentButton({ invoice, isMain }: { invoice: Invoice; isMain: boolean }) {
  const { m } = useLanguage();
  const href = withQuery(pages.paymentNew, {
    customer: invoice.customer_id,
    currency: invoice.currency,
    invoice: invoice.id,
  });
  return (
    <Button component={Link} href={href} variant={isMain ? "filled" : "default"}>
      {m.invoices.act.payment}
    </Button>
  );
}

function MoreMenu({ invoice, onOpen }: { invoice: Invoice; onOpen: (dialog: Dialog) => void }) {
  const { m } = useLanguage();
  const [, navigate] = useLocation();
  const copy = () => navigate(withQuery(pages.invoiceNew, { copy: invoice.id }));
  return (
    <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={m.common.actions.more}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={copy}>{m.invoices.act.copy}</Menu.Item>
        {invoice.state === "draft" ? (
          <Menu.Item color="var(--state-bad)" onClick={() => onOpen("delete")}>
            {m.invoices.act.delete}
          </Menu.Item>
        ) : null}
        {invoice.state === "issued" ? (
          <Menu.Item color="var(--state-bad)" onClick={() => onOpen("void")}>
            {m.invoices.act.void}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
