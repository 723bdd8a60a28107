/** What would be paid now and the way there: at the foot of a phone, beside the list elsewhere. */
import { formatMoney } from "@/lib/money";

import { Button, LinkButton } from "../base/button";
import { useChoice } from "../base/choice";
import { useHome } from "../base/home";
import { Money, Soft } from "../base/parts";
import { bill } from "../base/paying";
import type { Account } from "../model";
import { pages } from "../paths";
import { useWords } from "../words";
import classes from "./home.module.css";

export function PayBar({ account }: { account: Account }) {
  const { w, locale } = useWords();
  const { read_only: isReadOnly } = useHome();
  const { currency } = account;
  const { ids, choose } = useChoice(currency);
  const isSome = bill(account, ids).rows.length > 0;
  const wanted = isSome ? ids : null;
  const { rows, amountMinor, left } = bill(account, wanted);
  const what =
    left > 0
      ? w.home.oldest(rows.length)
      : wanted === null
        ? w.home.everything(rows.length)
        : w.home.chosen(rows.length);
  const state = { currency, ids: left > 0 ? rows.map(({ id }) => id) : wanted };
  return (
    <aside className={classes.side} aria-label={w.home.toPay}>
      <div className={classes.bar}>
        <p className={classes.bill} aria-live="polite">
          <span>{what}</span>
          <strong className={classes.billAmount}>
            <Money minor={amountMinor} currency={currency} />
          </strong>
          {wanted === null ? null : (
            <button type="button" className={classes.clear} onClick={() => choose([])}>
              {w.home.clear}
            </button>
          )}
        </p>
        <LinkOrNot isReadOnly={isReadOnly} to={pages.pay} state={state}>
          {w.home.payAmount(formatMoney(amountMinor, currency, locale))}
        </LinkOrNot>
      </div>
      <div className={classes.beside}>
        {account.credit_minor > 0 ? <Soft>{w.home.creditHint}</Soft> : null}
        {account.may_promise.may && !isReadOnly ? (
          <div>
            <Soft>{w.home.promiseHint}</Soft>
            <LinkButton to={pages.promise} state={state} isWide>
              {w.home.promise}
            </LinkButton>
          </div>
        ) : null}
      </div>
    </aside>
  );
}

interface LinkOrNotProps {
  isReadOnly: boolean;
  to: string;
  state: unknown;
  children: string;
}

function LinkOrNot({ isReadOnly, to, state, children }: LinkOrNotProps) {
  if (isReadOnly) {
    return (
      <Button kind="main" isWide disabled>
        {children}
      </Button>
    );
  }
  return (
    <LinkButton kind="main" isWide to={to} state={state}>
      {children}
    </LinkButton>
  );
}
