/** The statement itself: what is due now, every movement, what was open at the end and how old. */
import type { Statement } from "@/api/models";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";

import { ItemsTable } from "./items-table";
import { MovementsTable } from "./movements-table";
import classes from "./statement.module.css";

interface Props {
  statement: Statement;
  isStale: boolean;
}

export function StatementSheet({ statement, isStale }: Props) {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  return (
    <div className={classes.sheet} aria-busy={isStale} data-stale={isStale}>
      <Due statement={statement} />
      <Panel title={words.movements} padding="flush">
        <MovementsTable statement={statement} />
      </Panel>
      <Panel title={words.items(formatDay(statement.last, locale))} padding="flush">
        <ItemsTable statement={statement} />
      </Panel>
      {statement.items.length === 0 ? null : <Aging statement={statement} />}
    </div>
  );
}

/** What may be asked for today, large; what of it is late, and what is left out and why. */
function Due({ statement }: { statement: Statement }) {
  const { m, locale } = useLanguage();
  const words = m.paper.statement;
  const { due, currency } = statement;
  const money = useMoney(currency);
  return (
    <div className={classes.due}>
      <p className={classes.label}>{words.toPay(formatDay(due.on, locale))}</p>
      <Money minor={due.to_pay_minor} currency={currency} size="huge" />
      <ul className={classes.facts}>
        {due.overdue_minor > 0 ? (
          <li className={classes.bad}>{words.ofItOverdue(money(due.overdue_minor))}</li>
        ) : null}
        {due.to_pay_minor === 0 ? <li>{words.nothingToPay}</li> : null}
        {due.resting_minor > 0 ? <li>{words.notAsked(money(due.resting_minor))}</li> : null}
        {due.unapplied_minor > 0 ? <li>{words.inFavour(money(due.unapplied_minor))}</li> : null}
      </ul>
    </div>
  );
}

const BUCKETS = ["current", "days_1_30", "days_31_60", "days_61_90", "over_90"] as const;

function Aging({ statement: { aging, currency } }: { statement: Statement }) {
  const { m } = useLanguage();
  const words = m.paper.statement;
  return (
    <Panel title={words.aging}>
      <dl className={classes.aging}>
        {BUCKETS.map((bucket) => (
          <div key={bucket}>
            <dt>{words.buckets[bucket]}</dt>
            <dd>
              <Money
                minor={aging[`${bucket}_minor`]}
                currency={currency}
                tone={aging[`${bucket}_minor`] === 0 ? "soft" : "normal"}
              />
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.agingTotal}</dt>
          <dd>
            <Money minor={aging.total_minor} currency={currency} size="strong" />
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
