/** The columns that promises and plans have in common: who, by whom, in which state, how much. */
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";

import { AgreementState } from "@/agreements/agreement-state";
import { useCan } from "@/api/me";
import type { Plan, PromiseToPay } from "@/api/models";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./agreements.module.css";

/** The dialog that takes an agreement back. */
export interface CancelDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

interface Own<Row> {
  /** The column of its day. */
  day: Column<Row>;
  isPlan?: boolean;
  receivedOf: (row: Row) => number;
  cancel: (row: Row, dialog: CancelDialogProps) => ReactNode;
}

export function useAgreementColumns<Row extends Plan | PromiseToPay>(own: Own<Row>): Column<Row>[] {
  const { m, locale } = useLanguage();
  const words = m.agreements.list;
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <span className={classes.stack}>
          <Customer of={row} />
          {row.note === null ? null : <span className={classes.soft}>{row.note}</span>}
        </span>
      ),
      renderOnCard: (row) => <Customer of={row} />,
    },
    own.day,
    { key: "owner", header: words.owner, phone: "hidden", render: (row) => row.owner },
    {
      key: "state",
      header: words.stateHeader,
      phone: "meta",
      render: (row) => <AgreementState state={row.state} isPlan={own.isPlan ?? false} />,
    },
    {
      key: "amount",
      header: words.amount,
      align: "right",
      phone: "amount",
      render: (row) => (
        <span className={classes.stack}>
          <strong>
            <Money minor={row.amount_minor} currency={row.currency} />
          </strong>
          {own.receivedOf(row) > 0 ? (
            <span className={classes.soft}>
              {words.received(formatMoney(own.receivedOf(row), row.currency, locale))}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: "actions",
      header: "",
      align: "right",
      phone: "state",
      render: (row) =>
        row.state === "open" ? <Cancel dialog={(props) => own.cancel(row, props)} /> : null,
    },
  ];
}

function Customer({ of: row }: { of: Plan | PromiseToPay }) {
  return (
    <Link href={pages.customer(row.customer_id)} className={classes.name}>
      {row.customer_name}
    </Link>
  );
}

function Cancel({ dialog }: { dialog: (props: CancelDialogProps) => ReactNode }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (!useCan("collector")) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.agreements.cancel.action}
      </Button>
      {dialog({ isOpen, onClose: () => setOpen(false) })}
    </>
  );
}
