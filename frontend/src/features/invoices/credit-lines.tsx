/** The lines of the invoice, each with how much of it is taken back. */
import { TextInput } from "@mantine/core";

import type { Invoice } from "@/api/models";
import { MoneyField } from "@/components/money-field";
import { useLanguage } from "@/i18n";
import { formatPlain } from "@/lib/money";

import classes from "./changes.module.css";
import type { CreditLine } from "./credit-draft";
import type { CreditWriting } from "./use-credit-note";

export function CreditLines({ invoice, writing }: { invoice: Invoice; writing: CreditWriting }) {
  const { m, locale } = useLanguage();
  const words = m.changes.creditNote;
  const { draft, change, flaw } = writing;
  const edit = (at: number, part: Partial<CreditLine>) =>
    change({ lines: draft.lines.map((line, of) => (of === at ? { ...line, ...part } : line)) });
  const isWrong = (at: number, field: keyof CreditLine) =>
    flaw?.at === "line" && flaw.index === at && flaw.field === field;
  return (
    <>
      <ol className={classes.creditLines} aria-label={words.lines}>
        {invoice.lines.map((line, at) => (
          <li key={at} className={classes.creditLine}>
            <span className={classes.description}>{line.description}</span>
            <TextInput
              size="xs"
              inputMode="decimal"
              autoComplete="off"
              aria-label={words.quantity(line.description)}
              classNames={{ input: classes.number ?? "" }}
              value={draft.lines[at]?.quantity ?? ""}
              error={isWrong(at, "quantity")}
              onChange={(event) => edit(at, { quantity: event.currentTarget.value })}
            />
            <span className={classes.of}>{words.ofQuantity(formatPlain(line.quantity, locale))}</span>
            <MoneyField
              size="xs"
              currency={invoice.currency}
              aria-label={words.price(line.description)}
              value={draft.lines[at]?.price ?? ""}
              error={isWrong(at, "price")}
              onChange={(price) => edit(at, { price })}
            />
          </li>
        ))}
      </ol>
      {flaw?.at === "lines" ? (
        <p className={classes.wrong} role="alert">
          {words.noLine}
        </p>
      ) : null}
    </>
  );
}
