/** Pay what was chosen: the amount stands, the way is chosen, and the provider's page opens. */
import { useState } from "react";

import { post } from "@/api/client";
import { formatMoney } from "@/lib/money";

import { Button, LinkButton } from "../base/button";
import { useHome } from "../base/home";
import { Actions, Card, Notice, Refused, Soft } from "../base/parts";
import { bill } from "../base/paying";
import { Screen } from "../base/screen";
import { useSend } from "../base/send";
import { useWanted } from "../base/wanted";
import type { Account, Checkout, CheckoutInput, InvoiceRow } from "../model";
import { endpoints, pages } from "../paths";
import { useAllWords } from "../words";
import { openPage } from "./open-page";
import classes from "./pay.module.css";
import { TransferDetails } from "./transfer-details";
import { TRANSFER, WayPicker } from "./way-picker";

export default function PayScreen() {
  const { w } = useAllWords();
  const wanted = useWanted();
  const account = wanted?.account;
  const { rows, amountMinor, isAll } = account ? bill(account, wanted.ids) : NOTHING;
  return (
    <Screen title={w.pay.title} back={pages.home}>
      {account === undefined || amountMinor === 0 ? (
        <Nothing />
      ) : (
        <Paying account={account} rows={rows} amountMinor={amountMinor} isAll={isAll} />
      )}
    </Screen>
  );
}

const NOTHING = { rows: [] as InvoiceRow[], amountMinor: 0, isAll: false };

function Nothing() {
  const { w } = useAllWords();
  return (
    <Card>
      <p>{w.pay.nothing}</p>
      <Actions>
        <LinkButton to={pages.home}>{w.shell.toInvoices}</LinkButton>
      </Actions>
    </Card>
  );
}

interface PayingProps {
  account: Account;
  rows: readonly InvoiceRow[];
  amountMinor: number;
  isAll: boolean;
}

function Paying({ account, rows, amountMinor, isAll }: PayingProps) {
  const { w, locale } = useAllWords();
  const { read_only: isReadOnly } = useHome();
  const { currency, ways, transfer } = account;
  const usable = ways.filter((way) => way.minimum_minor <= amountMinor);
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = picked ?? usable[0]?.provider ?? (transfer === null ? null : TRANSFER);
  const [isLeaving, setLeaving] = useState(false);
  const begin = useSend((input: CheckoutInput, key) =>
    post<Checkout>(endpoints.checkouts, input, key),
  );
  const ids = isAll ? null : rows.map(({ id }) => id);
  const go = () => {
    if (chosen === null) return;
    begin.send({ currency, invoice_ids: ids, provider: chosen }, (checkout) => {
      setLeaving(true);
      openPage(checkout);
    });
  };
  return (
    <>
      <Bill rows={rows} amountMinor={amountMinor} currency={currency} />
      {account.credit_minor > 0 ? <Notice>{w.home.creditHint}</Notice> : null}
      {chosen === null ? (
        <Notice>{w.pay.none}</Notice>
      ) : (
        <WayPicker account={account} amountMinor={amountMinor} chosen={chosen} pick={setPicked} />
      )}
      {chosen === TRANSFER ? <TransferDetails currency={currency} ids={ids} /> : null}
      {chosen === null || chosen === TRANSFER ? null : (
        <div className={classes.go}>
          <Refused error={begin.error} />
          <Button
            kind="main"
            isWide
            isPending={begin.isPending || isLeaving}
            disabled={isReadOnly}
            onClick={go}
          >
            {begin.isPending || isLeaving
              ? w.pay.leaving
              : w.pay.go(formatMoney(amountMinor, currency, locale))}
          </Button>
          <Soft>{w.pay.online}</Soft>
        </div>
      )}
    </>
  );
}

interface BillProps {
  rows: readonly InvoiceRow[];
  amountMinor: number;
  currency: string;
}

function Bill({ rows, amountMinor, currency }: BillProps) {
  const { w, locale } = useAllWords();
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const [first] = rows;
  return (
    <div>
      <p className={classes.amount}>{money(amountMinor)}</p>
      {rows.length === 1 && first !== undefined ? (
        <p>{w.invoice.title(first.number)}</p>
      ) : (
        <details className={classes.which}>
          <summary>
            {w.pay.forInvoices(rows.length)} · <span className={classes.see}>{w.pay.showInvoices}</span>
          </summary>
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <span>{row.number}</span>
                <span>{money(row.payable_minor)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
