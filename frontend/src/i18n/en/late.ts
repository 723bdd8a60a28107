/** The words of lateness: interest and compensation for late payment. */
import { counted } from "../plural";

const days_ = { one: "day", other: "days" };

export const late = {
  title: "Late charges",
  untilToday: (days: number) => `For ${counted("en", days, days_)} late, not claimed yet`,
  made: (interest: string, compensation: string) =>
    `${interest} interest and ${compensation} compensation`,
  madeOfInterest: (interest: string) => `${interest} interest`,
  how: "How it is computed",
  days: "Days",
  dayCount: (days: number) => counted("en", days, days_),
  principal: "Open",
  rate: "Annual rate",
  interestIn: (currency: string) => `Interest, ${currency}`,
  compensation: "Compensation for recovery costs",
  total: "Total",
  claim: "Claim…",
  claimTitle: (number: string) => `Claim for ${number} being late`,
  claimAction: "Claim",
  asOf: "Interest up to and including",
  thenClaimed: (amount: string) => `${amount} are claimed for being late.`,
  apart: "It is kept apart: what the invoice has open does not change.",
  onceOnly: "No day and no compensation is claimed twice.",
  claimed: (amount: string) => `Claimed ${amount} for being late`,
  between: (from: string, until: string) => `${from} to ${until}`,
  state: { claimed: "Claimed", waived: "Waived", invoiced: "Invoiced" },
  supported: (amount: string) => `By the payments known today it is ${amount}: only that is invoiced.`,
  seeInvoice: "See the invoice for being late",
  invoice: "Make a draft invoice",
  invoiceTitle: "Invoice the late charge?",
  thenDraft: (amount: string) => `A draft over ${amount} is written, without tax.`,
  thenRead: "It opens to be read; nothing is owed until it is issued.",
  drafted: "Draft of the late charge written",
  waive: "Waive",
  waiveTitle: "Waive this charge?",
  reason: "Reason",
  thenWaived: (amount: string) => `${amount} are given up.`,
  neverAgain: "These days and the compensation can never be claimed again.",
  neverTheseDays: "These days can never be claimed again.",
  waived: "The charge is waived",
};
