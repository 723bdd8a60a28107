/** Everything that was done with a payment, newest first: applied, undone, given back. */
import { Link } from "wouter";

import type { Allocation, Payment, ReturnedMoney } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import classes from "./payment.module.css";

type Entry =
  | { at: string; posting: Allocation; isUndone: boolean }
  | { at: string; returned: ReturnedMoney };

/** Only when there is more to tell than what it settles now. */
export function PaymentHistory({ payment }: { payment: Payment }) {
  const { m } = useLanguage();
  const wasUndone = payment.postings.some((one) => one.amount_minor < 0);
  if (!wasUndone && payment.returns.length === 0) return null;
  return (
    <Panel title={m.payments.back.history} padding="flush">
      <ol className={classes.rows}>
        {entriesOf(payment).map((entry, at) => (
          <li key={at} className={classes.entry}>
            {"posting" in entry ? (
              <Posting one={entry.posting} isUndone={entry.isUndone} currency={payment.currency} />
            ) : (
              <Returned one={entry.returned} currency={payment.currency} />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function entriesOf({ postings, allocations, returns }: Payment): Entry[] {
  const standing = new Set(allocations.map((one) => one.invoice_id));
  const entries: Entry[] = [
    ...postings.map((posting) => ({
      at: posting.posted_at,
      posting,
      isUndone: posting.amount_minor > 0 && !standing.has(posting.invoice_id),
    })),
    ...returns.map((returned) => ({ at: returned.posted_at, returned })),
  ];
  return entries.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

function Posting(props: { one: Allocation; isUndone: boolean; currency: string }) {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const { one, isUndone, currency } = props;
  const isUndoing = one.amount_minor < 0;
  const amount = <Money minor={one.amount_minor} currency={currency} tone={isUndone ? "soft" : "normal"} />;
  return (
    <>
      <span className={classes.strong}>
        <Link href={pages.invoice(one.invoice_id)}>{one.number}</Link>
      </span>
      <span className={classes.soft}>
        {isUndoing ? words.takenOff : isUndone ? words.appliedThenUndone : words.applied}
        {" · "}
        {formatDay(one.effective_on, locale)}
      </span>
      {isUndone ? <s className={classes.undone}>{amount}</s> : amount}
    </>
  );
}

function Returned({ one, currency }: { one: ReturnedMoney; currency: string }) {
  const { m, locale } = useLanguage();
  const words = m.payments.back;
  const kind = one.amount_minor < 0 ? "came_back" : one.kind;
  return (
    <>
      <span className={classes.strong}>{wordFor(words.kinds, kind)}</span>
      <span className={classes.soft}>
        {formatDay(one.on, locale)}
        {` · ${one.posted_by}`}
        {one.reason === null ? null : ` · ${one.reason}`}
      </span>
      <Money minor={-one.amount_minor} currency={currency} />
    </>
  );
}
