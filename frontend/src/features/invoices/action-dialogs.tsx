/** The question of each action; the one that was begun is open. */
import { PlanDialog } from "@/agreements/plan-dialog";
import { PromiseDialog } from "@/agreements/promise-dialog";
import type { Invoice } from "@/api/models";
import { onDemand } from "@/components/on-demand";
import { HoldDialog } from "@/silence/hold-dialog";

import { CreditNoteDialog } from "./credit-note-dialog";
import { DisputeDialog } from "./dispute-dialog";
import { DeleteDialog, SendDialog, VoidDialog } from "./invoice-dialogs";
import { IssueDialog } from "./issue-dialog";
import type { Action } from "./next-step";
import { ScheduleDialog, UnscheduleDialog } from "./schedule-dialogs";
import { useStanding } from "./use-standing";
import { ReinstateDialog, WriteOffDialog } from "./write-off-dialogs";

const PayLinkDialog = onDemand(() => import("@/portal-links/link-dialog").then((one) => one.PayLinkDialog));

interface Props {
  invoice: Invoice;
  open: Action | null;
  onClose: () => void;
}

export function ActionDialogs({ invoice, open, onClose }: Props) {
  const of = (action: Action) => ({ invoice, isOpen: open === action, onClose });
  return (
    <>
      <IssueDialog {...of("issue")} isOpen={open === "issue" && invoice.state === "draft"} />
      <ScheduleDialog {...of("schedule")} />
      <UnscheduleDialog {...of("unschedule")} />
      <SendDialog {...of("send")} />
      <PayLinkDialog {...of("payLink")} />
      <CreditNoteDialog {...of("creditNote")} />
      <WriteOffDialog {...of("writeOff")} />
      <ReinstateDialog {...of("reinstate")} />
      <VoidDialog {...of("void")} />
      <DeleteDialog {...of("delete")} />
      <Agreements invoice={invoice} open={open} onClose={onClose} />
    </>
  );
}

/** Disputes, promises and plans: over what of the invoice does not rest already. */
function Agreements({ invoice, open, onClose }: Props) {
  const standing = useStanding(invoice);
  const freeMinor = standing.item?.free_minor ?? invoice.open_minor;
  const agreement = {
    customerId: invoice.customer_id,
    currency: invoice.currency,
    invoices: [{ id: invoice.id, number: invoice.number ?? "", open_minor: freeMinor }],
    onDone: onClose,
  };
  return (
    <>
      <DisputeDialog
        invoice={invoice}
        freeMinor={freeMinor}
        isOpen={open === "dispute"}
        onClose={onClose}
      />
      <PromiseDialog {...agreement} isOpen={open === "promise"} />
      <PlanDialog {...agreement} isOpen={open === "plan"} />
      <HoldDialog
        {...agreement}
        of="invoice"
        name={invoice.number ?? ""}
        invoices={[{ id: invoice.id, number: invoice.number ?? "", open_minor: invoice.open_minor }]}
        isOpen={open === "hold"}
      />
    </>
  );
}
