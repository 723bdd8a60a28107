/** How much of a customer's credit limit is used, by what they owe and what waits to be issued. */
import type { Customer } from "@/api/models";
import { KeyValue } from "@/components/key-value";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./customer.module.css";

export function Credit({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const words = m.customers.one;
  const { currency, exposure_minor: exposure, ...credit } = customer.exposure;
  const { limit_minor: limit, pending_approval_minor: waiting, available_minor: left } = credit;
  return (
    <Panel title={words.credit}>
      {limit === null ? (
        <p className={classes.soft}>{words.noLimit}</p>
      ) : (
        <Bar exposure={exposure} limit={limit} currency={currency} />
      )}
      <KeyValue
        items={[
          [words.exposure, <Money key="exposure" minor={exposure} currency={currency} />],
          [
            words.waitingApproval,
            waiting > 0 ? <Money key="waiting" minor={waiting} currency={currency} /> : null,
          ],
          [words.limit, limit === null ? null : <Money key="limit" minor={limit} currency={currency} />],
          [
            words.available,
            left === null ? null : (
              <Money key="left" minor={left} currency={currency} tone={left < 0 ? "bad" : "normal"} />
            ),
          ],
        ]}
      />
    </Panel>
  );
}

interface BarProps {
  exposure: number;
  limit: number;
  currency: string;
}

function Bar({ exposure, limit, currency }: BarProps) {
  const { m, locale } = useLanguage();
  const words = m.customers.one;
  const used = limit === 0 ? (exposure > 0 ? 100 : 0) : Math.round((exposure * 100) / limit);
  const isOver = exposure > limit;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  return (
    <div className={classes.credit}>
      <div
        className={classes.creditBar}
        data-over={isOver}
        role="img"
        aria-label={words.usedOf(money(exposure), money(limit))}
      >
        <span style={{ width: `${Math.min(Math.max(used, 0), 100)}%` }} />
      </div>
      <p className={isOver ? classes.over : classes.soft}>
        {isOver ? words.overLimit(money(exposure - limit)) : words.used(used)}
      </p>
    </div>
  );
}
