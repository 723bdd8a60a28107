/** The open invoices, overdue ones first, each to look at and to choose; then those paid recently. */
import { useState } from "react";
import { Link } from "wouter";

import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { useChoice } from "../base/choice";
import { InvoiceState, PartState } from "../base/invoice-state";
import { Button } from "../base/button";
import { Money } from "../base/parts";
import { payableRows } from "../base/paying";
import type { Account, InvoiceRow } from "../model";
import { pages } from "../paths";
import { useWords } from "../words";
import classes from "./list.module.css";

const AT_FIRST = 50;

export function InvoiceList({ account }: { account: Account }) {
  const { w } = useWords();
  const [shown, setShown] = useState(AT_FIRST);
  const rows = account.invoices.slice(0, shown);
  const hidden = account.invoices.length - rows.length;
  if (rows.length === 0) return null;
  return (
    <div className={classes.groups}>
      <ChooseAll account={account} />
      <Group title={w.home.groupOverdue} rows={rows.filter((row) => row.overdue)} account={account} />
      <Group title={w.home.groupDue} rows={rows.filter((row) => !row.overdue)} account={account} />
      {hidden > 0 ? (
        <Button isWide onClick={() => setShown(account.invoices.length)}>
          {w.home.more(hidden)}
        </Button>
      ) : null}
    </div>
  );
}

export function PaidList({ account }: { account: Account }) {
  const { w } = useWords();
  return <Group title={w.home.groupPaid} rows={account.paid} account={account} />;
}

function ChooseAll({ account }: { account: Account }) {
  const { w } = useWords();
  const { ids, choose } = useChoice(account.currency);
  const all = payableRows(account).map(({ id }) => id);
  if (all.length < 2) return null;
  const isAll = all.every((id) => ids.includes(id));
  return (
    <label className={classes.all}>
      <input
        type="checkbox"
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = !isAll && ids.length > 0;
        }}
        onChange={() => choose(isAll ? [] : all)}
      />
      {w.home.chooseAll} ({all.length})
    </label>
  );
}

interface GroupProps {
  title: string;
  rows: readonly InvoiceRow[];
  account: Account;
}

function Group({ title, rows, account }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.list}>
        {rows.map((row) => (
          <Row key={row.id} row={row} account={account} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row, account }: { row: InvoiceRow; account: Account }) {
  const { w, locale } = useWords();
  const { currency } = account;
  const { ids, toggle } = useChoice(currency);
  const canChoose = payableRows(account).length > 1;
  return (
    <li className={classes.row}>
      {canChoose && row.payable_minor > 0 ? (
        <label className={classes.box}>
          <span className="only-heard">{w.home.choose(row.number)}</span>
          <input type="checkbox" checked={ids.includes(row.id)} onChange={() => toggle(row.id)} />
        </label>
      ) : (
        <span className={canChoose ? classes.noBox : undefined} />
      )}
      <Link href={pages.invoice(row.id)} className={classes.link}>
        <span className={classes.number}>{row.number}</span>
        <span className={classes.due}>{formatDay(row.state === "open" ? row.due_date : row.issue_date, locale)}</span>
        <span className={classes.states}>
          <InvoiceState row={row} />
          {row.parts.map((part, index) => (
            <PartState key={index} part={part} currency={currency} />
          ))}
        </span>
        <span className={classes.amount}>
          <Money minor={row.state === "open" ? row.open_minor : row.total_minor} currency={currency} />
          {row.state === "open" && row.open_minor < row.total_minor ? (
            <span className={classes.of}>
              {w.state.of(formatMoney(row.total_minor, currency, locale))}
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}
