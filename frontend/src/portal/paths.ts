/** Every URL of the portal: its pages, below /p, and the endpoints that serve it. */
import { withQuery } from "@/lib/query";

const id = encodeURIComponent;

export const BASE = "/p";

export const pages = {
  home: "/",
  pay: "/pay",
  back: "/return",
  promise: "/promise",
  statement: "/statement",
  details: "/details",
  invoice: (invoiceId: string) => `/invoices/${id(invoiceId)}`,
  dispute: (invoiceId: string) => `/invoices/${id(invoiceId)}/dispute`,
} as const;

export const patterns = {
  invoice: "/invoices/:id",
  dispute: "/invoices/:id/dispute",
} as const;

export const endpoints = {
  home: "/portal/home",
  invoice: (invoiceId: string) => `/portal/invoices/${id(invoiceId)}`,
  invoicePdf: (invoiceId: string) => `/portal/invoices/${id(invoiceId)}/pdf`,
  statement: (currency: string, from: string, to: string) =>
    withQuery("/portal/statement", { currency, from, to }),
  statementPdf: (currency: string, from: string, to: string) =>
    withQuery("/portal/statement/pdf", { currency, from, to }),
  transfer: (currency: string, ids: readonly string[]) =>
    withQuery("/portal/transfer", { currency, invoices: ids.join(",") }),
  checkouts: "/portal/checkouts",
  checkout: (checkoutId: string) => `/portal/checkouts/${id(checkoutId)}`,
  checkoutReturn: (checkoutId: string) => `/portal/checkouts/${id(checkoutId)}/return`,
  promises: "/portal/promises",
  disputes: "/portal/disputes",
  files: "/portal/files",
  contact: "/portal/contact",
  language: "/portal/language",
  signOut: "/portal/sign-out",
} as const;
