/** What customers contest: open disputes by deadline, each with an owner and a way to end it. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { AgreementState } from "@/agreements/agreement-state";
import { ChangeDisputeDialog } from "@/agreements/change-dispute-dialog";
import { ResolveDisputeDialog } from "@/agreements/resolve-dispute-dialog";
import { useCan } from "@/api/me";
import type { Dispute } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./agreements.module.css";
import { ListFrame, useFilters } from "./list-frame";
import { disputesQuery } from "./lists-api";

export default function DisputesScreen() {
  const { m } = useLanguage();
  const words = m.agreements.list;
  const filters = useFilters();
  return (
    <ListFrame
      tab="disputes"
      states={["open", "resolved"]}
      filters={filters}
      list={useQuery(disputesQuery(filters))}
      columns={useColumns()}
      idOf={(row) => row.id}
      nameOf={(row) => `${row.customer_name} ${row.invoice_number}`}
      empty={<EmptyState title={words.noDisputes} body={words.noDisputesBody} />}
    />
  );
}

function useColumns(): Column<Dispute>[] {
  const { m, locale } = useLanguage();
  const words = m.agreements.list;
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <Link href={pages.invoice(row.invoice_id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
    },
    {
      key: "reason",
      header: words.reason,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span className={classes.soft}>
            {`${row.invoice_number} · ${wordFor(m.agreements.kinds, row.what)}`}
          </span>
          <span>{row.reason}</span>
        </span>
      ),
      renderOnCard: (row) => `${row.invoice_number} · ${row.reason}`,
    },
    { key: "owner", header: words.owner, phone: "meta", render: (row) => row.owner },
    {
      key: "deadline",
      header: words.deadline,
      phone: "meta",
      render: (row) => (
        <span className={classes.stack}>
          <span className={classes.day}>{formatDay(row.deadline, locale)}</span>
          {row.overdue ? <AgreementState state="overdue" /> : null}
        </span>
      ),
      renderOnCard: (row) => (
        <>
          {formatDay(row.deadline, locale)} {row.overdue ? <AgreementState state="overdue" /> : null}
        </>
      ),
    },
    {
      key: "amount",
      header: words.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <strong>
          <Money minor={row.amount_minor} currency={row.currency} />
        </strong>
      ),
    },
    {
      key: "actions",
      header: "",
      align: "right",
      phone: "state",
      render: (row) =>
        row.state === "open" ? (
          <Actions dispute={row} />
        ) : (
          <AgreementState state="resolved" />
        ),
    },
  ];
}

function Actions({ dispute }: { dispute: Dispute }) {
  const { m } = useLanguage();
  const canResolve = useCan("accountant");
  const canChange = useCan("collector");
  const [asked, setAsked] = useState<"resolve" | "change" | null>(null);
  const dialog = { dispute, onClose: () => setAsked(null) };
  if (!canChange) return <AgreementState state="open" />;
  return (
    <span className={classes.actions}>
      {canResolve ? (
        <Button size="xs" variant="default" onClick={() => setAsked("resolve")}>
          {m.agreements.resolve.action}
        </Button>
      ) : null}
      <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={m.common.actions.more}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked("change")}>{m.agreements.list.changeOwner}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ResolveDisputeDialog {...dialog} isOpen={asked === "resolve"} />
      <ChangeDisputeDialog {...dialog} isOpen={asked === "change"} />
    </span>
  );
}
