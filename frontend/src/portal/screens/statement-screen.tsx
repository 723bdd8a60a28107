/** The account over a period, with the balance after each movement. Made to be printed, too. */
import { useState } from "react";

import { addMonths, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { Button, FileButton } from "../base/button";
import { Field } from "../base/field";
import { accountOf, useHome } from "../base/home";
import { Actions, Bones, Card, Failed, Soft } from "../base/parts";
import { Screen } from "../base/screen";
import { useLoaded } from "../base/store";
import type { Statement } from "../model";
import { endpoints } from "../paths";
import { useAllWords } from "../words";
import { Movements } from "./movements";
import classes from "./statement.module.css";

const USUAL_MONTHS = 3;

export default function StatementScreen() {
  const { w } = useAllWords();
  const { today, scope, accounts } = useHome();
  const [from, setFrom] = useState(`${addMonths(today, -USUAL_MONTHS).slice(0, 7)}-01`);
  const [to, setTo] = useState(today);
  const [currency, setCurrency] = useState(accountOf(useHome(), null)?.currency ?? null);
  const isPeriod = from !== "" && to !== "" && from <= to;
  if (scope === "invoices" || currency === null) {
    return (
      <Screen title={w.statement.title}>
        <Card>
          <p>{currency === null ? w.statement.none : w.statement.notHere}</p>
        </Card>
      </Screen>
    );
  }
  return (
    <Screen title={w.statement.title}>
      <div className={classes.period}>
        <Field label={w.statement.from} error={isPeriod ? null : w.statement.wrongPeriod}>
          {(worn) => (
            <input {...worn} type="date" max={today} value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label={w.statement.to}>
          {(worn) => (
            <input {...worn} type="date" max={today} value={to} onChange={(event) => setTo(event.target.value)} />
          )}
        </Field>
        {accounts.length > 1 ? (
          <Field label={w.home.currency}>
            {(worn) => (
              <select {...worn} value={currency} onChange={(event) => setCurrency(event.target.value)}>
                {accounts.map((one) => (
                  <option key={one.currency}>{one.currency}</option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
      </div>
      {isPeriod ? <Period currency={currency} from={from} to={to} /> : null}
    </Screen>
  );
}

interface PeriodProps {
  currency: string;
  from: string;
  to: string;
}

function Period({ currency, from, to }: PeriodProps) {
  const { w, locale } = useAllWords();
  const { customer } = useHome();
  const { data, error, retry } = useLoaded<Statement>(endpoints.statement(currency, from, to));
  if (data === undefined) {
    return error === null ? <Bones heights={[64, 64, 64, 64]} /> : <Failed error={error} retry={retry} />;
  }
  return (
    <>
      <Actions>
        <FileButton href={endpoints.statementPdf(currency, from, to)}>{w.statement.pdf}</FileButton>
        <Button onClick={() => window.print()}>{w.statement.print}</Button>
      </Actions>
      <div className={classes.sheet}>
        <div className={classes.onPaper}>
          <p>{customer.name}</p>
          <p>{w.statement.period(formatDay(data.first, locale), formatDay(data.last, locale))}</p>
        </div>
        <p className={classes.closing}>
          <span>{w.statement.closing}</span>
          <strong>{formatMoney(data.closing_minor, currency, locale)}</strong>
        </p>
        {data.movements.length === 0 ? <Soft>{w.statement.none}</Soft> : null}
        <Movements statement={data} />
      </div>
    </>
  );
}
