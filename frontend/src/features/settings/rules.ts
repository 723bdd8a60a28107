/** The rules of the company as texts of fields, and the way back to its settings. */
import type { Company, CompanyInput } from "@/api/models";
import { editableAmount, type Locale, parseMoney } from "@/lib/money";

import { withFrozen } from "./company-fields";

export type ApprovalRule = Company["approval_rules"][number];

export interface RuleRow {
  key: string;
  what: ApprovalRule["what"];
  over: string;
  currency: string;
  series: string;
  customerId: string | null;
}

export interface ToleranceRow {
  key: string;
  currency: string;
  amount: string;
}

export interface RulesForm {
  rules: RuleRow[];
  action: Company["credit_limit_action"];
  tolerances: ToleranceRow[];
  disputeDays: string;
  creditNoteSeries: string;
}

export function formOf(company: Company, locale: Locale): RulesForm {
  return {
    rules: company.approval_rules.map((rule) => ({
      key: crypto.randomUUID(),
      what: rule.what,
      over: editableAmount(rule.over_minor, rule.currency, locale),
      currency: rule.currency,
      series: rule.series ?? "",
      customerId: rule.customer_id ?? null,
    })),
    action: company.credit_limit_action,
    tolerances: Object.entries(company.tolerances).map(([currency, minor]) => ({
      key: crypto.randomUUID(),
      currency,
      amount: editableAmount(minor, currency, locale),
    })),
    disputeDays: String(company.dispute_days),
    creditNoteSeries: company.credit_note_series,
  };
}

export function newRule(currency: string): RuleRow {
  return {
    key: crypto.randomUUID(),
    what: "issue",
    over: "",
    currency,
    series: "",
    customerId: null,
  };
}

export function newTolerance(currency: string): ToleranceRow {
  return { key: crypto.randomUUID(), currency, amount: "" };
}

export type RuleFlaw = "badAmount" | "badDays" | "badSeries" | "twice";

/** What is wrong, by the key of the row or the name of the field. */
export function wrongIn(form: RulesForm, locale: Locale): ReadonlyMap<string, RuleFlaw> {
  const wrong = new Map<string, RuleFlaw>();
  const isAmount = (text: string, currency: string) => (parseMoney(text, currency, locale) ?? -1) >= 0;
  for (const rule of form.rules) {
    if (!isAmount(rule.over, rule.currency)) wrong.set(rule.key, "badAmount");
    if (rule.series !== "" && !SERIES.test(rule.series)) wrong.set(`${rule.key} series`, "badSeries");
  }
  const seen = new Set<string>();
  for (const one of form.tolerances) {
    if (!isAmount(one.amount, one.currency)) wrong.set(one.key, "badAmount");
    else if (seen.has(one.currency)) wrong.set(one.key, "twice");
    seen.add(one.currency);
  }
  const days = Number(form.disputeDays);
  if (!/^\d{1,3}$/.test(form.disputeDays.trim()) || days < 1 || days > 365) {
    wrong.set("disputeDays", "badDays");
  }
  if (!SERIES.test(form.creditNoteSeries.trim())) wrong.set("creditNoteSeries", "badSeries");
  return wrong;
}

const SERIES = /^[A-Z0-9]{1,10}$/;

/** The settings as they were read with these rules in place: PUT replaces them all. */
export function withRules(company: Company, form: RulesForm, locale: Locale): CompanyInput {
  const minor = (text: string, currency: string) => parseMoney(text, currency, locale) ?? 0;
  return {
    ...withFrozen(company, company.sending_frozen),
    approval_rules: form.rules.map((rule) => ({
      what: rule.what,
      over_minor: minor(rule.over, rule.currency),
      currency: rule.currency,
      series: rule.series || null,
      customer_id: rule.customerId,
    })),
    credit_limit_action: form.action,
    tolerances: Object.fromEntries(
      form.tolerances.map((one) => [one.currency, minor(one.amount, one.currency)]),
    ),
    dispute_days: Number(form.disputeDays),
    credit_note_series: form.creditNoteSeries.trim(),
  };
}
