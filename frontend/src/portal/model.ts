/** The names of what the portal reads and sends. */
import type { components } from "@/api/types";

type Schemas = components["schemas"];

export type Home = Schemas["PortalHome"];
export type Company = Schemas["PortalCompany"];
export type Contact = Schemas["PortalContact"];
export type Account = Schemas["PortalAccount"];
export type InvoiceRow = Schemas["PortalInvoiceRow"];
export type Part = Schemas["PortalPart"];
export type Way = Schemas["PortalWay"];
export type Transfer = Schemas["PortalTransfer"];
export type MayPromise = Schemas["PortalPromises"];
export type Invoice = Schemas["PortalInvoice"];
export type Dispute = Schemas["PortalDispute"];
export type DisputeInput = Schemas["PortalDisputeInput"];
export type DisputeCategory = DisputeInput["category"];
export type Statement = Schemas["PortalStatement"];
export type Checkout = Schemas["PortalCheckout"];
export type CheckoutInput = Schemas["PortalCheckoutInput"];
export type CheckoutState = Schemas["PortalCheckoutState"];
export type PromiseInput = Schemas["PortalPromiseInput"];
export type Promised = Schemas["PortalPromised"];
export type SentFile = Schemas["PortalFile"];
export type ContactChange = Schemas["PortalContactChange"];
