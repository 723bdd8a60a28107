/** The words of approvals: what waits for a second person. */
import { counted } from "../plural";

export const approvals = {
  title: "Approvals",
  tabs: {
    label: "Approvals by state",
    waiting: "Waiting",
    approved: "Approved",
    rejected: "Refused",
    withdrawn: "Withdrawn",
  },
  count: (count: number, more: boolean) =>
    more
      ? `More than ${count} waiting`
      : counted("en", count, { one: "waits for a decision", other: "wait for a decision" }),
  empty: "Nothing to approve",
  emptyBody: "What exceeds a rule or a credit limit waits here for a second person.",
  emptyTab: "Nothing here",
  what: { issue: "Issue the invoice", write_off: "Write off" } as Record<string, string>,
  state: { waiting: "Waiting", approved: "Approved", rejected: "Refused", withdrawn: "Withdrawn" } as Record<
    string,
    string
  >,
  reason: {
    rule: "A rule of the company wants a second person.",
    credit_limit: "The customer would exceed the credit limit.",
  } as Record<string, string>,
  exposure: (owed: string, limit: string) =>
    `With this invoice the customer will owe ${owed}; the credit limit is ${limit}.`,
  askedBy: (name: string, when: string) => `Asked by ${name} on ${when}`,
  decidedBy: (name: string, when: string) => `${name}, ${when}`,
  own: "You asked for this yourself: somebody else has to approve it.",
  waits: {
    issue: "Waits for approval to be issued",
    write_off: "Waits for approval to be written off",
  } as Record<string, string>,
  waitsFor: (amount: string) => `Amount: ${amount}.`,
  because: (why: string) => `Reason: ${why}`,
  answeredBy: (name: string, when: string) => `Answered by ${name} on ${when}`,
  approve: "Approve",
  reject: "Refuse",
  withdraw: "Withdraw the request",
  askIssue: (amount: string) => `Approve the issue over ${amount}?`,
  askWriteOff: (amount: string) => `Approve writing off ${amount}?`,
  askReject: "Refuse the approval?",
  askWithdraw: "Withdraw your request?",
  note: "Note",
  why: "Reason, for the one who asked",
  then: {
    issued: (amount: string) => `The invoice gets its number and the customer owes ${amount}.`,
    sent: "It goes to the customer at once.",
    notSent: "It does not go to the customer yet.",
    writtenOff: (amount: string) => `${amount} are written off and not asked for any more.`,
    left: (amount: string) => `${amount} will stay open.`,
    nothingLeft: "Nothing will stay open.",
    onRecord: "It is on record who asked, and that you approved.",
    draftAgain: "The invoice is a draft again. It gets no number, and nothing is owed.",
    asBefore: "Nothing changes: what is open stays owed and is asked for.",
  },
  approved: "Approved",
  issued: (number: string) => `Approved and issued as ${number}`,
  notSent: (why: string) => `It was issued, but not sent. ${why}`,
  rejected: "Approval refused",
  withdrawn: "Request withdrawn",
  history: "Approvals",
};
