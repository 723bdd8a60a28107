/** Open invoices with how much of the money each gets: oldest first, or as a person says. */
import { Button } from "@mantine/core";

import { useMe } from "@/api/me";
import type { OpenItem } from "@/api/models";
import { Money } from "@/components/money";
import { MoneyField } from "@/components/money-field";
import { useLanguage } from "@/i18n";
import { daysBetween, formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { payable } from "./allocation";
import classes from "./allocation.module.css";
import type { Allocation } from "./use-allocation";

const SHOWN = 60; // fields on one screen; those that get money are always shown

export function AllocationTable({ allocation }: { allocation: Allocation }) {
  const { m } = useLanguage();
  const words = m.payments.new;
  const { items, spread } = allocation;
  const shown = items.filter((item, at) => at < SHOWN || spread.has(item.invoice_id)).slice(0, 200);
  return (
    <>
      <div className={classes.how}>
        <span>{allocation.isAutomatic ? words.automatic : words.byHand}</span>
        <span className={classes.choices}>
          <Button
            size="xs"
            variant="default"
            disabled={allocation.isAutomatic}
            onClick={allocation.useOldestFirst}
          >
            {words.oldestFirst}
          </Button>
          <Button size="xs" variant="default" onClick={allocation.useNothing}>
            {words.none}
          </Button>
        </span>
      </div>
      <ul className={classes.items} aria-label={words.allocation}>
        {shown.map((item) => (
          <Row key={item.invoice_id} item={item} allocation={allocation} />
        ))}
      </ul>
      {items.length > shown.length ? (
        <p className={classes.rest}>{words.more(items.length - shown.length)}</p>
      ) : null}
    </>
  );
}

function Row({ item, allocation }: { item: OpenItem; allocation: Allocation }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.payments.new;
  const { currency } = allocation;
  const late = daysBetween(item.due_date, today);
  const wrong = allocation.errorOf(item);
  const error =
    wrong === "tooMuch"
      ? words.tooMuch(formatMoney(item.open_minor, currency, locale))
      : wrong === "notAnAmount"
        ? m.common.errors.amount
        : null;
  return (
    <li className={classes.item} data-served={allocation.spread.has(item.invoice_id)}>
      <span className={classes.number}>{item.number}</span>
      <span className={classes.due} data-tone={late > 0 ? "bad" : undefined}>
        {words.due} {formatDay(item.due_date, locale)}
        {late > 0 ? ` · ${m.customers.days(late)}` : null}
        {item.pending_minor > 0
          ? ` · ${m.customers.one.onItsWay(formatMoney(item.pending_minor, currency, locale))}`
          : null}
        {payable(item, allocation.on) < item.open_minor && item.discount !== null
          ? ` · ${words.offer(
              formatMoney(payable(item, allocation.on), currency, locale),
              formatDay(item.discount.until, locale),
            )}`
          : null}
      </span>
      <span className={classes.open}>
        <Money minor={item.open_minor} currency={currency} />
      </span>
      <span className={classes.field}>
        <MoneyField
          size="xs"
          currency={currency}
          aria-label={words.applyTo(item.number)}
          value={allocation.textOf(item)}
          onChange={(text) => allocation.edit(item, text)}
          error={error}
        />
      </span>
      <Button
        size="xs"
        variant="subtle"
        aria-label={words.allOf(item.number)}
        onClick={() => allocation.settle(item)}
      >
        {words.all}
      </Button>
    </li>
  );
}
