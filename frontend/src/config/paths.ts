/** Every URL: the pages of this application, and the endpoints of the API. */

type Query = Record<string, string | number | boolean | null | undefined>;

/** Add a query string; parameters that are undefined, null or empty are left out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

const id = encodeURIComponent;

export const pages = {
  home: "/",
  invoices: "/invoices",
  invoiceNew: "/invoices/new",
  invoice: (invoiceId: string) => `/invoices/${id(invoiceId)}`,
  invoiceEdit: (invoiceId: string) => `/invoices/${id(invoiceId)}/edit`,
  customers: "/customers",
  customerNew: "/customers/new",
  customer: (customerId: string) => `/customers/${id(customerId)}`,
  customerEdit: (customerId: string) => `/customers/${id(customerId)}/edit`,
  payments: "/payments",
  paymentNew: "/payments/new",
  payment: (paymentId: string) => `/payments/${id(paymentId)}`,
  approvals: "/approvals",
  agreements: "/disputes",
  disputes: "/disputes",
  promises: "/promises",
  plans: "/plans",
  holds: "/holds",
  handovers: "/handovers",
  recurring: "/recurring",
  recurringNew: "/recurring/new",
  recurringOne: (recurringId: string) => `/recurring/${id(recurringId)}`,
  recurringEdit: (recurringId: string) => `/recurring/${id(recurringId)}/edit`,
  recurringRuns: "/recurring/runs",
  outgoing: "/outgoing",
  messages: "/messages",
  message: (customerId: string, messageId: string) => `/messages/${id(customerId)}/${id(messageId)}`,
  deliverability: "/messages/deliverability",
  work: "/work",
  settings: "/settings",
  settingsPart: (part: string) => `/settings/${part}`,
  ladder: (policyId: string) => `/settings/reminders/${id(policyId)}`,
  ladderNew: (from: string) => `/settings/reminders/new?from=${id(from)}`,
} as const;

/** The same pages as patterns for the router. */
export const patterns = {
  invoice: "/invoices/:id",
  invoiceEdit: "/invoices/:id/edit",
  customer: "/customers/:id",
  customerEdit: "/customers/:id/edit",
  payment: "/payments/:id",
  recurringOne: "/recurring/:id",
  recurringEdit: "/recurring/:id/edit",
  message: "/messages/:customerId/:messageId",
  settingsPart: "/settings/:part",
  ladder: "/settings/reminders/:id",
} as const;

export const auth = {
  login: (returnTo: string) => withQuery("/auth/login", { return_to: returnTo }),
  logout: "/auth/logout",
} as const;

export const endpoints = {
  me: "/v1/me",
  home: "/v1/home",
  search: "/v1/search",
  customers: "/v1/customers",
  customer: (customerId: string) => `/v1/customers/${id(customerId)}`,
  customerTimeline: (customerId: string) => `/v1/customers/${id(customerId)}/timeline`,
  customerAccount: (customerId: string, currency: string) =>
    `/v1/customers/${id(customerId)}/accounts/${id(currency)}`,
  customerNextMessages: (customerId: string) => `/v1/customers/${id(customerId)}/next-messages`,
  customerMessages: (customerId: string) => `/v1/customers/${id(customerId)}/messages`,
  customerChase: (
    customerId: string,
    currency: string,
    step: "send-now" | "take-back" | "skip-step" | "approve-reminder",
  ) => `/v1/customers/${id(customerId)}/accounts/${id(currency)}/${step}`,
  customerUnsuppress: (customerId: string) => `/v1/customers/${id(customerId)}/unsuppress`,
  invoices: "/v1/invoices",
  invoicePreview: "/v1/invoices/preview",
  invoicesSend: "/v1/invoices/send",
  invoice: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}`,
  invoiceIssue: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/issue`,
  invoiceSend: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/send`,
  invoiceVoid: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/void`,
  invoiceApprove: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/approve`,
  invoiceReject: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/reject`,
  invoiceWriteOff: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/write-off`,
  invoiceReinstate: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/reinstate`,
  invoiceLateCharges: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/late-charges`,
  lateChargeWaive: (chargeId: string) => `/v1/late-charges/${id(chargeId)}/waive`,
  lateChargeInvoice: (chargeId: string) => `/v1/late-charges/${id(chargeId)}/invoice`,
  invoicePolicy: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/dunning-policy`,
  invoiceSchedule: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/schedule`,
  invoiceUnschedule: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/unschedule`,
  creditNotes: "/v1/credit-notes",
  creditNotePreview: "/v1/credit-notes/preview",
  creditNoteSend: (noteId: string) => `/v1/credit-notes/${id(noteId)}/send`,
  approvals: "/v1/approvals",
  invoicePdf: (invoiceId: string) => `/v1/invoices/${id(invoiceId)}/pdf`,
  payments: "/v1/payments",
  payment: (paymentId: string) => `/v1/payments/${id(paymentId)}`,
  paymentAllocations: (paymentId: string) => `/v1/payments/${id(paymentId)}/allocations`,
  paymentAssign: (paymentId: string) => `/v1/payments/${id(paymentId)}/assign`,
  creditNotePdf: (noteId: string) => `/v1/credit-notes/${id(noteId)}/pdf`,
  paymentPreview: "/v1/payments/preview",
  paymentUndo: (paymentId: string) => `/v1/payments/${id(paymentId)}/undo`,
  paymentReverse: (paymentId: string) => `/v1/payments/${id(paymentId)}/reverse`,
  paymentRefund: (paymentId: string) => `/v1/payments/${id(paymentId)}/refund`,
  disputes: "/v1/disputes",
  dispute: (disputeId: string) => `/v1/disputes/${id(disputeId)}`,
  disputeResolve: (disputeId: string) => `/v1/disputes/${id(disputeId)}/resolve`,
  promises: "/v1/promises",
  promiseCancel: (promiseId: string) => `/v1/promises/${id(promiseId)}/cancel`,
  plans: "/v1/plans",
  planCancel: (planId: string) => `/v1/plans/${id(planId)}/cancel`,
  holds: "/v1/holds",
  hold: (holdId: string) => `/v1/holds/${id(holdId)}`,
  holdLift: (holdId: string) => `/v1/holds/${id(holdId)}/lift`,
  handovers: "/v1/handovers",
  handoverEnd: (handoverId: string, how: "take-back" | "close") =>
    `/v1/handovers/${id(handoverId)}/${how}`,
  accountLegalFile: (customerId: string, currency: string) =>
    `/v1/customers/${id(customerId)}/accounts/${id(currency)}/legal-file`,
  legalFile: (fileId: string) => `/v1/legal-files/${id(fileId)}`,
  legalFileZip: (fileId: string) => `/v1/legal-files/${id(fileId)}/zip`,
  messageContent: (customerId: string, messageId: string) =>
    `/v1/messages/${id(customerId)}/${id(messageId)}/content`,
  lateCharges: "/v1/late-charges",
  recurringInvoices: "/v1/recurring-invoices",
  recurringPreview: "/v1/recurring-invoices/preview",
  recurringInvoice: (recurringId: string) => `/v1/recurring-invoices/${id(recurringId)}`,
  recurringUpcoming: (recurringId: string) => `/v1/recurring-invoices/${id(recurringId)}/preview`,
  recurringStep: (recurringId: string, step: "pause" | "resume" | "end") =>
    `/v1/recurring-invoices/${id(recurringId)}/${step}`,
  recurringRuns: "/v1/recurring-runs",
  recurringRunRetry: (runId: string) => `/v1/recurring-runs/${id(runId)}/retry`,
  interestRates: "/v1/interest-rates",
  workItems: "/v1/work-items",
  workItemDone: (key: string) => `/v1/work-items/${id(key)}/done`,
  workItemReplay: (key: string) => `/v1/work-items/${id(key)}/replay`,
  messages: "/v1/messages",
  message: (customerId: string, messageId: string) => `/v1/messages/${id(customerId)}/${id(messageId)}`,
  deliverability: "/v1/reports/deliverability",
  messageDecide: (customerId: string, messageId: string) =>
    `/v1/messages/${id(customerId)}/${id(messageId)}/decide`,
  debtors: "/v1/reports/debtors",
  aging: "/v1/reports/aging",
  journal: (month: string) => `/v1/reports/journal?month=${id(month)}`,
  periods: "/v1/periods",
  periodClose: (month: string) => `/v1/periods/${id(month)}/close`,
  proofs: "/v1/proofs",
  proof: (proofId: string) => `/v1/proofs/${id(proofId)}`,
  company: "/v1/company",
  series: "/v1/series",
  apiKeys: "/v1/api-keys",
  apiKey: (keyId: string) => `/v1/api-keys/${id(keyId)}`,
  people: "/v1/people",
  person: (email: string) => `/v1/people/${id(email)}`,
  outgoing: "/v1/outgoing",
  policies: "/v1/dunning-policies",
  regions: "/v1/regions",
  policy: (policyId: string) => `/v1/dunning-policies/${id(policyId)}`,
  policyVersions: (policyId: string) => `/v1/dunning-policies/${id(policyId)}/versions`,
  policySimulate: (policyId: string) => `/v1/dunning-policies/${id(policyId)}/simulate`,
  dunningSimulations: "/v1/dunning-simulations",
  holidays: "/v1/holidays",
} as const;
