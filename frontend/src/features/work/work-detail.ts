/** The particulars of a work item, with days as people write them and codes in words. */
import type { WorkItemRow } from "@/api/models";
import type { Messages } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { codeText } from "@/lib/failures";
import type { Locale } from "@/lib/money";

const WITH_DAYS = ["promise_broken", "plan_broken", "dispute_overdue", "recurring_failed"];

export function detailOf(item: Pick<WorkItemRow, "what" | "detail">, m: Messages, locale: Locale): string {
  if (!WITH_DAYS.includes(item.what)) return item.detail;
  const detail = item.what === "recurring_failed" ? withReason(item.detail, m) : item.detail;
  const text = detail.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => formatDay(day, locale));
  return m.work.said[item.what]?.(text) ?? text;
}

/** "2026-11-01 no_address" → "2026-11-01: the sentence of that refusal". */
function withReason(detail: string, m: Messages): string {
  const { errors } = m.common;
  const [day = "", code = ""] = detail.split(" ");
  if (code === "") return detail;
  return `${day}: ${errors.rules[code] ?? codeText(code, code, errors)}`;
}
