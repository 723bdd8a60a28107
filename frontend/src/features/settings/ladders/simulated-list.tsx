/** Customers with what each would get, or what becomes of what it would get today. */
import { useMe } from "@/api/me";
import type { SimulatedAccount, SimulatedStep } from "@/api/models";
import { Money } from "@/components/money";
import { useLanguage, wordFor } from "@/i18n";

import { simulatedForm, simulatedName } from "./ladder-words";
import classes from "./ladders.module.css";

interface Props {
  title: string;
  rows: readonly SimulatedAccount[];
  /** How many there are in all. */
  total: number;
  /** Only what they get: nothing changes. */
  isTrial?: boolean;
}

export function SimulatedList({ title, rows, total, isTrial = false }: Props) {
  const { m } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={classes.listTitle}>{title}</h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- else the keyboard cannot scroll it */}
      <ul className={classes.simulated} tabIndex={0} aria-label={title}>
        {rows.map((row) => (
          <li key={`${row.customer_id} ${row.currency}`} className={classes.account}>
            <span className={classes.who}>{row.customer_name}</span>
            <Money minor={row.amount_minor} currency={row.currency} />
            <span className={classes.becomes}>
              {isTrial ? null : (
                <>
                  <Gets step={row.before} reason={row.reason_before} isWhole={isWhole(row)} />
                  <span className={classes.arrow}> → </span>
                </>
              )}
              <strong>
                <Gets step={row.after} reason={row.reason_none} isWhole={isWhole(row)} />
              </strong>
            </span>
          </li>
        ))}
      </ul>
      {total > rows.length ? (
        <p className={classes.soft}>{m.ladders.changes.more(total - rows.length)}</p>
      ) : null}
    </section>
  );
}

/** Whether what changes is how a step is written and what it claims: all of that is said. */
function isWhole({ change }: SimulatedAccount): boolean {
  return change === "other_form";
}

interface GetsProps {
  step: SimulatedStep | null;
  reason: string | null;
  isWhole: boolean;
}

function Gets({ step, reason, isWhole: isAll }: GetsProps) {
  const { m, locale } = useLanguage();
  const { currency } = useMe();
  const words = m.ladders.changes;
  if (step !== null) {
    return <>{isAll ? simulatedForm(step, m, { locale, currency }) : simulatedName(step, m)}</>;
  }
  return <>{reason === null ? words.nothing : words.nothingFor(wordFor(m.words.whyNot, reason))}</>;
}
