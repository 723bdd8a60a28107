/** The words of promises, instalment plans and disputes. */
import { counted } from "../plural";

export const agreements = {
  note: "Note",
  promise: {
    title: "Promise to pay",
    action: "Note the promise",
    invoices: "On which invoices (none: whatever is oldest)",
    amount: "Amount promised",
    day: "Will pay by",
    tooMuch: (amount: string) => `Only ${amount} is being asked for.`,
    past: "That day has passed.",
    rests: (amount: string, day: string) => `${amount} are not asked for up to and including ${day}.`,
    goesOn: (amount: string) => `${amount} are still asked for.`,
    breaks: (day: string) => `If the money does not come, it is asked for again from ${day}.`,
    made: (amount: string, day: string) => `Promise noted: ${amount} by ${day}.`,
  },
  plan: {
    title: "Instalment plan",
    action: "Agree on the plan",
    invoices: "Invoices of the plan",
    instalments: "Instalments",
    count: "Instalments",
    badCount: "From 1 to 120.",
    first: "First instalment",
    rhythm: "How often",
    monthly: "Every month",
    weekly: "Every week",
    equally: "Split equally",
    dayOf: (at: number) => `Day of instalment ${at}`,
    amountOf: (at: number) => `Amount of instalment ${at}`,
    badAmount: "Each instalment needs an amount greater than zero.",
    badOrder: "Each instalment is due after the one before it, and none before today.",
    over: (amount: string) => `The instalments come to ${amount} more than is being asked for.`,
    adds: (count: number, amount: string, day: string) =>
      `${counted("en", count, { one: "instalment", other: "instalments" })}, ${amount} in all, until ${day}.`,
    goesOn: (amount: string) => `${amount} stay outside the plan and are still asked for.`,
    breaks:
      "While each comes in time, nothing of this is asked for. If one is missing, all that is left is asked for from the next day on.",
    made: (count: number) =>
      `Plan agreed on: ${counted("en", count, { one: "instalment", other: "instalments" })}.`,
  },
};
