/** Announce on which day an amount will be paid: until then nobody writes about it. */
import { useState } from "react";

import { post } from "@/api/client";
import { addDays, formatDay } from "@/lib/dates";
import { editableAmount, formatMoney, parseMoney } from "@/lib/money";
import { fieldTexts } from "@/lib/failures";

import { Button } from "../base/button";
import { Field } from "../base/field";
import { useHome } from "../base/home";
import { Card, Refused } from "../base/parts";
import { bill, freeMinor } from "../base/paying";
import { Screen } from "../base/screen";
import { useSend } from "../base/send";
import { useWanted } from "../base/wanted";
import type { Account, InvoiceRow, Promised, PromiseInput } from "../model";
import { endpoints, pages } from "../paths";
import { useAllWords } from "../words";
import { Done } from "./done";
import { Means } from "./means";

const USUAL_DAYS = 7;
/** The server's limit on invoices that a promise names; without names it is of all that is open. */
const MOST_NAMED = 100;

export default function PromiseScreen() {
  const { w, locale } = useAllWords();
  const wanted = useWanted();
  const [made, setMade] = useState<Promised | null>(null);
  if (made !== null) {
    const amount = formatMoney(made.amount_minor, made.currency, locale);
    return (
      <Done title={w.promise.done} body={w.promise.doneBody(amount, formatDay(made.promised_on, locale))} />
    );
  }
  const may = wanted?.account.may_promise;
  return (
    <Screen title={w.promise.title} back={pages.home}>
      {wanted && may?.may && may.last_day !== null ? (
        <Asking account={wanted.account} ids={wanted.ids} lastDay={may.last_day} onDone={setMade} />
      ) : (
        <Card>
          <h2>{w.promise.not}</h2>
          <p>{w.errors.byCode[may?.refusal ?? ""] ?? w.errors.forbidden}</p>
        </Card>
      )}
    </Screen>
  );
}

interface AskingProps {
  account: Account;
  ids: readonly string[] | null;
  lastDay: string;
  onDone: (made: Promised) => void;
}

function Asking({ account, ids, lastDay, onDone }: AskingProps) {
  const { w, locale } = useAllWords();
  const { today, read_only: isReadOnly } = useHome();
  const { currency, may_promise: may } = account;
  const make = useSend((input: PromiseInput, key) => post<Promised>(endpoints.promises, input, key));
  const refused = fieldTexts(make.error, w.errors);
  const { rows, isAll } = bill(account, ids);
  const most = isAll ? may.most_minor : Math.min(may.most_minor, freeOf(rows));
  const [typed, setTyped] = useState<string | null>(null);
  const usual = addDays(today, USUAL_DAYS);
  const [day, setDay] = useState(usual < lastDay ? usual : lastDay);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const said = (one: string) => formatDay(one, locale);
  const amount = typed === null ? most : parseMoney(typed, currency, locale);
  const wrong = {
    amount:
      amount === null || amount <= 0 ? w.errors.amount : amount > most ? w.promise.most(money(most)) : null,
    day: day === "" || day < today ? w.promise.past : day > lastDay ? w.promise.tooFar(said(lastDay)) : null,
  };
  const isReady = wrong.amount === null && wrong.day === null;
  const named = isAll || rows.length > MOST_NAMED ? null : rows.map(({ id }) => id);
  const confirm = () => {
    if (!isReady || amount === null) return;
    const input = { currency, promised_on: day, amount_minor: amount, invoice_ids: named };
    make.send(input, onDone);
  };
  return (
    <Card>
      <Field label={w.promise.amount} hint={w.promise.most(money(most))} error={wrong.amount ?? refused.get("/amount_minor")}>
        {(worn) => (
          <input
            {...worn}
            inputMode="decimal"
            autoComplete="off"
            value={typed ?? editableAmount(most, currency, locale)}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Field label={w.promise.day} hint={w.promise.dayHint(said(lastDay))} error={wrong.day ?? refused.get("/promised_on")}>
        {(worn) => (
          <input
            {...worn}
            type="date"
            min={today}
            max={lastDay}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      {isReady && amount !== null ? (
        <Means
          lines={[
            w.promise.means(money(amount), said(day)),
            may.most_minor > amount ? w.promise.rest(money(may.most_minor - amount)) : null,
            w.promise.breaks(said(day)),
          ]}
        />
      ) : null}
      <Refused error={make.error} />
      <Button kind="main" isWide isPending={make.isPending} disabled={!isReady || isReadOnly} onClick={confirm}>
        {w.promise.action}
      </Button>
    </Card>
  );
}

function freeOf(rows: readonly InvoiceRow[]): number {
  return rows.reduce((sum, row) => sum + freeMinor(row), 0);
}
