/** What an import will bring about, or has brought about, in words and numbers. */
import type { ImportFile, ImportListRow } from "@/api/models";
import type { Messages } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney, type Locale } from "@/lib/money";

type Counted = Pick<ImportListRow, "what" | "state" | "counts">;

/** Rows by what becomes of them; those of which there are none are left out. */
export function resultOf({ what, state, counts }: Counted, m: Messages): string[] {
  const words = m.imports.result;
  const isOver = state === "done" || state === "cancelled";
  const lines = [
    [counts["create"], isOver ? words.created[what] : words.create[what]],
    [counts["update"], isOver ? words.updated : words.update],
    [counts["skip"], words.skip],
    [counts["reject"], words.reject],
  ] as const;
  return lines.flatMap(([count, say]) => (count ? [say(count)] : []));
}

/** What invoices come to, by currency, and what stands beside them. */
export function detailsOf(file: ImportFile, m: Messages, locale: Locale): string[] {
  const words = m.imports.result;
  const { counts, sums } = file;
  const also = [
    [counts["paid"], words.paid],
    [counts["disputed"], words.disputed],
  ] as const;
  const isNew = file.what === "invoices" && counts["new_customers"];
  return [
    ...currenciesOf(sums).map((currency) =>
      words.sums(
        formatMoney(sums[`total ${currency}`] ?? 0, currency, locale),
        formatMoney(sums[`open ${currency}`] ?? 0, currency, locale),
      ),
    ),
    ...(isNew ? [words.newCustomers(isNew)] : []),
    ...also.flatMap(([count, say]) => (count ? [say(count)] : [])),
  ];
}

function currenciesOf(sums: ImportFile["sums"]): string[] {
  return Object.keys(sums).flatMap((name) => (name.startsWith("total ") ? [name.slice(6)] : []));
}

/** What the chase will do about it, so that nobody is written to by surprise. */
export function chaseOf(file: ImportFile, m: Messages, locale: Locale): string[] {
  const words = m.imports.result;
  if (file.what !== "invoices" || !file.counts["create"]) return [];
  const { rest_until: until } = file.options;
  const past = file.counts["past_ladder"];
  return [
    words.mailed(file.counts["mailed"] ?? 0),
    ...(until === null ? [] : [words.rests(formatDay(until, locale))]),
    ...(past ? [words.past(past)] : []),
  ];
}

/** Whether there is anything to carry out. */
export function isNothing({ counts }: Pick<ImportFile, "counts">): boolean {
  return !counts["create"] && !counts["update"];
}
