/** The bodies of the API by name, from the generated types. The one place that reads types.d.ts. */
import type { components } from "./types";

type Schemas = components["schemas"];

/** One page of a list; `next_cursor` is null on the last. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export type Account = Schemas["Account"];
export type AgingReport = Schemas["AgingReport"];
export type AgingRow = Schemas["AgingRow"];
export type Allocation = Schemas["Allocation"];
export type AllocateInput = Schemas["AllocateInput"];
export type ApiKeyCreated = Schemas["ApiKeyCreated"];
export type ApiKeyInput = Schemas["ApiKeyInput"];
export type ApiKeyRow = Schemas["ApiKeyRow"];
export type ApiKeys = Schemas["ApiKeys"];
export type AssignInput = Schemas["AssignInput"];
export type Balance = Schemas["Balance"];
export type BulkResult = Schemas["BulkResult"];
export type BulkResults = Schemas["BulkResults"];
export type BulkSendInput = Schemas["BulkSendInput"];
/** The answer always has every setting; only the input may leave some out. */
export type Company = Required<Schemas["Company"]>;
export type CompanyInput = Schemas["CompanyInput"];
export type Customer = Schemas["Customer"];
export type CustomerChange = Schemas["CustomerChange"];
export type CustomerInput = Schemas["CustomerInput"];
export type CustomerRow = Schemas["CustomerRow"];
export type Debtor = Schemas["Debtor"];
export type Debtors = Schemas["Debtors"];
export type Dispute = Schemas["Dispute"];
export type DisputeChange = Schemas["DisputeChange"];
export type DisputeInput = Schemas["DisputeInput"];
export type Home = Schemas["Home"];
export type Invoice = Schemas["Invoice"];
export type InvoiceChange = Schemas["InvoiceChange"];
export type InvoiceInput = Schemas["InvoiceInput"];
export type InvoiceRow = Schemas["InvoiceRow"];
export type InvoiceState = Invoice["state"];
export type IssueInput = Schemas["IssueInput"];
export type LineInput = Schemas["LineInput"];
export type Me = Schemas["Me"];
export type MessageDecision = Schemas["MessageDecision"];
export type MessageRow = Schemas["MessageRow"];
export type Month = Schemas["Month"];
export type NextMessage = Schemas["NextMessage"];
export type NextMessages = Schemas["NextMessages"];
export type OpenItem = Schemas["OpenItem"];
export type Party = Schemas["Party"];
export type Payment = Schemas["Payment"];
export type PaymentInput = Schemas["PaymentInput"];
export type PaymentRow = Schemas["PaymentRow"];
export type People = Schemas["People"];
export type PersonChange = Schemas["PersonChange"];
export type PersonInput = Schemas["PersonInput"];
export type PersonRow = Schemas["PersonRow"];
export type PaymentPreview = Schemas["PaymentPreview"];
export type Plan = Schemas["Plan"];
export type PlanInput = Schemas["PlanInput"];
export type Policy = Schemas["Policy"];
export type PolicyInput = Schemas["PolicyInput"];
export type Preview = Schemas["Preview"];
export type PreviewInput = Schemas["PreviewInput"];
export type Problem = Schemas["Problem"];
export type PromiseToPay = Schemas["Promise"];
export type PromiseInput = Schemas["PromiseInput"];
export type RefundInput = Schemas["RefundInput"];
export type ResolveInput = Schemas["ResolveInput"];
export type Rest = Schemas["Rest"];
export type ReturnedMoney = Schemas["ReturnedMoney"];
export type ReverseInput = Schemas["ReverseInput"];
export type Role = Me["role"];
export type SearchHit = Schemas["SearchHit"];
export type SearchResults = Schemas["SearchResults"];
export type SendInput = Schemas["SendInput"];
export type SeriesRow = Schemas["SeriesRow"];
export type SeriesList = Schemas["SeriesList"];
export type Step = Schemas["Step"];
export type SummaryRow = Schemas["SummaryRow"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type UndoInput = Schemas["UndoInput"];
export type VoidInput = Schemas["VoidInput"];
export type WorkDoneInput = Schemas["WorkDoneInput"];
export type WorkItemRow = Schemas["WorkItemRow"];
