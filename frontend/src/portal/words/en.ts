/** The words of the portal's first screen, and of what stands around every screen. */
import { counted } from "@/i18n/plural";

import { errors } from "./en-errors";

const invoices = (count: number) => counted("en", count, { one: "invoice", other: "invoices" });
const days = (count: number) => counted("en", count, { one: "day", other: "days" });

export const en = {
  errors,
  shell: {
    skip: "Skip to content",
    invoices: "Invoices",
    statement: "Statement",
    details: "My details",
    sections: "Sections",
    language: "Language",
    contactHint: "Any question? We are glad to help.",
    write: "Write an e-mail",
    call: "Call",
    signOut: "Close on this device",
    private: "Private page: the link is for you only. Please do not forward it.",
    back: "Back",
    toInvoices: "See the invoices",
    offline: "No connection. What you see may be out of date.",
    optional: "optional",
    loading: "Loading",
    readOnly: "You see what the customer sees. Nothing can be changed here.",
    notFound: "There is nothing at this address",
  },
  closed: {
    title: "This link no longer opens",
    body: "It may have expired, been withdrawn, or a part of the address may be missing.",
    todo: "Please open the link of the latest e-mail you received. If that does not work either, answer that e-mail and we will send you another one.",
    signedOut: "You have left the portal",
    signedOutBody: "To come back, open the link in the e-mail.",
  },
  home: {
    owed: "To pay",
    nothing: "You owe nothing",
    nothingBody: "None of your invoices is open.",
    resting: "Nothing to pay now",
    overdue: (amount: string, day: string) => `${amount} overdue since ${day}`,
    allOverdue: (day: string) => `Overdue since ${day}`,
    noneOverdue: (day: string) => `Nothing is overdue. The first falls due on ${day}.`,
    sum: "How it adds up",
    open: "Open invoices",
    onItsWay: "Payment on its way",
    credit: "In your favour",
    creditHint:
      "What is in your favour is not deducted here when you pay. Write to us and we will apply it.",
    disputed: (amount: string) =>
      `${amount} disputed: we do not ask for it while it is being looked into.`,
    promised: (amount: string, day: string) =>
      `You announced ${amount} for ${day}. Until then we will not write to you about it.`,
    plan: (amount: string, day: string) => `Payment plan: the next instalment is ${amount}, on ${day}.`,
    groupOverdue: "Overdue",
    groupDue: "Not due yet",
    groupPaid: "Last paid",
    chooseAll: "Choose all",
    choose: (number: string) => `Choose invoice ${number}`,
    chosen: (count: number) => `${invoices(count)} chosen`,
    everything: (count: number) => (count === 1 ? "The only one open" : `All ${invoices(count)}`),
    oldest: (count: number) => `The ${count} oldest: no more fit into one payment`,
    payAmount: (amount: string) => `Pay ${amount}`,
    toPay: "What to pay",
    clear: "Clear",
    promise: "Announce a payment date",
    promiseHint: "Cannot pay today? Tell us when.",
    currency: "Currency",
    more: (count: number) => `Show ${invoices(count)} more`,
  },
  state: {
    overdue: (count: number) => `${days(count)} overdue`,
    dueToday: "Due today",
    dueIn: (count: number) => `Due in ${days(count)}`,
    paid: "Paid",
    void: "Void",
    written_off: "Closed",
    onItsWay: (amount: string) => `${amount} on its way`,
    dispute: (amount: string) => `${amount} disputed`,
    promise: (amount: string, day: string) => `${amount} promised for ${day}`,
    plan: (amount: string) => `${amount} in a plan`,
    other: (amount: string) => `${amount} deferred`,
    of: (total: string) => `of ${total}`,
  },
};
