/** What a question to a second person says, in words and amounts. */
import type { Approval } from "@/api/models";
import { type Messages, wordFor } from "@/i18n";
import { formatMoney, type Locale } from "@/lib/money";

/** Why it needs a second person, a sentence for each reason. */
export function reasonsOf(approval: Approval, m: Messages, locale: Locale): string[] {
  return approval.reasons.map((reason) => {
    const { exposure_minor: exposure, limit_minor: limit } = approval.request;
    if (reason !== "credit_limit" || typeof exposure !== "number" || typeof limit !== "number") {
      return wordFor(m.approvals.reason, reason);
    }
    const money = (minor: number) => formatMoney(minor, approval.currency, locale);
    return m.approvals.exposure(money(exposure), money(limit));
  });
}

/** What the asker wrote, if anything: why a write-off. */
export function askedFor(approval: Approval): string | null {
  const { reason } = approval.request;
  return typeof reason === "string" && reason !== "" ? reason : null;
}

/** What a yes brings about. `openMinor` is what the invoice has open, where it is known. */
export function followsApproval(
  approval: Approval,
  openMinor: number | null,
  m: Messages,
  locale: Locale,
): string[] {
  const words = m.approvals.then;
  const money = (minor: number) => formatMoney(minor, approval.currency, locale);
  const amount = money(approval.amount_minor);
  if (approval.what === "issue") {
    return [words.issued(amount), approval.request["send"] === true ? words.sent : words.notSent];
  }
  const left = openMinor === null ? null : openMinor - approval.amount_minor;
  const rest = left === null ? [] : [left > 0 ? words.left(money(left)) : words.nothingLeft];
  return [words.writtenOff(amount), ...rest];
}
