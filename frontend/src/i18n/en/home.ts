/** The words of the first screen. */
import { counted } from "../plural";

export const home = {
  title: "Home",
  asOf: (day: string) => `As of ${day}`,
  currency: "Currency",
  outstanding: "Outstanding",
  overdue: "Overdue",
  overdueShare: (percent: number) => `${percent}% of what is outstanding`,
  openDetail: "All open invoices",
  expected: "Due in 30 days",
  expectedDetail: "Falls due from today on",
  dso: "Days to collect",
  days: (days: string) => `${days} days`,
  undefinedFigure: "Not enough history",
  dsoDetail: (simple: string, best: string) => `Simple ${simple} · best possible ${best}`,
  dsoHelp:
    "DSO by countback: how many days of billing, counted back from today, are still to be collected. Simple: outstanding over the billing of 90 days. Best possible: only what is not yet due.",
  aging: "What is owed, by age",
  unapplied: (amount: string) => `${amount} received and not applied to any invoice`,
  spans: {
    current: "Not yet due",
    days_1_30: "1 to 30 days",
    days_31_60: "31 to 60 days",
    days_61_90: "61 to 90 days",
    over_90: "Over 90 days",
  },
  months: "Billed and collected",
  billed: "Billed",
  collected: "Collected",
  attention: "Needs attention",
  approvals: (count: number) =>
    counted("en", count, { one: "approval waits for a decision", other: "approvals wait for a decision" }),
  letters: (count: string) =>
    count === "1" ? "1 letter waits to be posted" : `${count} letters wait to be posted`,
  attentionNone: "Nothing failed, nothing is uncertain.",
  attentionAll: (count: number, more: boolean) =>
    more ? `All (over ${count})` : `All (${count})`,
  debtors: "Who owes most",
  debtorsNone: "Nobody owes anything in this currency.",
  debtorsAll: "All customers",
  since: (days: number) => `${counted("en", days, { one: "day", other: "days" })} overdue`,
  notDue: "Nothing overdue",
  first: {
    title: "Welcome. Three steps to the first invoice.",
    body: "Then this page tells who owes you what, and since when.",
    company: "Your company",
    companyBody: "Name, tax number and bank account, as they stand on invoices.",
    customer: "The first customer",
    customerBody: "A name and an e-mail address are enough.",
    invoice: "The first invoice",
    invoiceBody: "A draft can be changed freely; it gets its number when you issue it.",
    import: "Coming from another program?",
    importBody: "Import your customers and invoices from a CSV file: numbers, what was paid and what is owed.",
    importAction: "Import",
  },
};
