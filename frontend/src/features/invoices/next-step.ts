/** What may be done with an invoice now, by its state and by the person's role; and what comes next. */
import type { Invoice } from "@/api/models";

export type Action =
  | "edit"
  | "issue"
  | "schedule"
  | "unschedule"
  | "delete"
  | "send"
  | "payment"
  | "payLink"
  | "creditNote"
  | "writeOff"
  | "reinstate"
  | "void"
  | "dispute"
  | "promise"
  | "plan"
  | "hold"
  | "copy";

/** As far as they matter here. */
export interface Rights {
  /** Accountants and above: documents and money. */
  canWrite: boolean;
  /** Collectors and above: mail, disputes, promises, plans. */
  canChase: boolean;
}

export interface Steps {
  /** What the person most likely does next: at most one. */
  main: Action | null;
  beside: readonly Action[];
  /** The rest, in groups; none is empty. */
  menu: readonly (readonly Action[])[];
}

export function stepsFor(invoice: Invoice, rights: Rights): Steps {
  const { main, beside } = atHand(invoice, rights);
  const groups = menuOf(invoice, rights).map((group) =>
    group.filter((action) => action !== main && !beside.includes(action)),
  );
  return { main, beside, menu: groups.filter((group) => group.length > 0) };
}

function atHand(invoice: Invoice, { canWrite, canChase }: Rights): Omit<Steps, "menu"> {
  if (invoice.state === "draft") {
    return canWrite ? { main: "issue", beside: ["edit"] } : { main: null, beside: [] };
  }
  if (invoice.state === "written_off") return { main: null, beside: canWrite ? ["reinstate"] : [] };
  if (!isOwed(invoice) || !canChase) return { main: null, beside: [] };
  // Its document is where it was issued: nothing of it can be sent from here.
  if (invoice.origin === "imported") return { main: canWrite ? "payment" : null, beside: [] };
  if (!canWrite) return invoice.mail_state === null ? { main: "send", beside: [] } : { main: null, beside: ["send"] };
  return invoice.mail_state === null
    ? { main: "send", beside: ["payment"] }
    : { main: "payment", beside: ["send"] };
}

function menuOf(invoice: Invoice, { canWrite, canChase }: Rights): Action[][] {
  if (invoice.state === "draft") {
    const again: Action[] = invoice.scheduled_on === null ? ["schedule"] : ["schedule", "unschedule"];
    return canWrite ? [invoice.recurring_id === null ? again : [], ["copy"], ["delete"]] : [];
  }
  const agreements: Action[] = isOwed(invoice) && canChase ? ["payLink", "dispute", "promise", "plan", "hold"] : [];
  return canWrite ? [agreements, corrections(invoice), ["copy"]] : [agreements];
}

function corrections(invoice: Invoice): Action[] {
  const isIssued = invoice.number !== null && invoice.state !== "void";
  const canCredit = invoice.credited_minor < invoice.total_minor && invoice.state !== "written_off";
  const all: [Action, boolean][] = [
    ["creditNote", isIssued && canCredit],
    ["writeOff", isOwed(invoice) && !waits(invoice)],
    ["reinstate", isIssued && invoice.written_off_minor > 0],
    ["void", invoice.state === "issued" && invoice.settlements.length === 0 && !waits(invoice)],
  ];
  return all.flatMap(([action, isPossible]) => (isPossible ? [action] : []));
}

export function isOwed({ state }: Invoice): boolean {
  return state === "issued" || state === "partially_paid";
}

/** Whether a question about it waits for a second person. */
export function waits({ approvals }: Invoice): boolean {
  return approvals.some(({ state }) => state === "waiting");
}
