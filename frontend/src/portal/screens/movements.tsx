/** The movements of a statement: a table where there is room, else one below the other. */
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import type { Statement } from "../model";
import { useAllWords } from "../words";
import classes from "./statement.module.css";

export function Movements({ statement }: { statement: Statement }) {
  const { w, locale } = useAllWords();
  const { currency, movements } = statement;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{w.statement.date}</th>
          <th scope="col">{w.statement.what}</th>
          <th scope="col">{w.statement.amount}</th>
          <th scope="col">{w.statement.balance}</th>
        </tr>
      </thead>
      <tbody>
        <tr className={classes.edge}>
          <td>{formatDay(statement.first, locale)}</td>
          <td>{w.statement.opening}</td>
          <td />
          <td>{money(statement.opening_minor)}</td>
        </tr>
        {movements.map((one, index) => (
          <tr key={index}>
            <td>{formatDay(one.on, locale)}</td>
            <td>
              {w.statement.kinds[one.kind]} {one.reference}
              {one.invoices.length > 0 && one.invoices[0] !== one.reference ? (
                <span className={classes.about}>{listed(one.invoices)}</span>
              ) : null}
            </td>
            <td>{money(one.amount_minor)}</td>
            <td>{money(one.balance_minor)}</td>
          </tr>
        ))}
        <tr className={classes.edge}>
          <td>{formatDay(statement.last, locale)}</td>
          <td>{w.statement.closing}</td>
          <td />
          <td>{money(statement.closing_minor)}</td>
        </tr>
      </tbody>
    </table>
  );
}

const MOST_NAMED = 4;

function listed(numbers: readonly string[]): string {
  const rest = numbers.length - MOST_NAMED;
  return `${numbers.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` +${rest}` : ""}`;
}
