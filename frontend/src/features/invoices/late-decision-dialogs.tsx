/** A claim for lateness is made an invoice, or given up. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";

import type { LateCharge } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { type Messages, useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";

import { closing } from "./closing";
import { useInvoiceCharge, useWaive } from "./late-api";

interface Props {
  charge: LateCharge;
  isOpen: boolean;
  onClose: () => void;
}

/** The draft opens at once: it is to be read, and issued from there. */
export function InvoiceChargeDialog({ charge, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const words = m.late;
  const money = useMoney(charge.currency);
  const notify = useToast();
  const [, navigate] = useLocation();
  const command = useInvoiceCharge(charge);
  const isLess = charge.supported_minor < charge.total_minor;
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: ({ charge_invoice_id: draftId }) => {
        onClose();
        notify({ tone: "good", text: words.drafted });
        if (draftId !== null) navigate(pages.invoice(draftId));
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={words.invoiceTitle}
      action={words.invoice}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={closing(command, onClose)}
    >
      <Consequences
        lines={[
          words.thenDraft(money(charge.supported_minor)),
          isLess ? words.supported(money(charge.supported_minor)) : null,
          words.thenRead,
        ]}
      />
    </ConfirmDialog>
  );
}

/** What a waiver ends for good; a fee alone has neither days nor compensation. */
function neverAgain(charge: LateCharge, words: Messages["late"]): string | null {
  if (charge.segments.length === 0) return null;
  return charge.compensation_minor > 0 ? words.neverAgain : words.neverTheseDays;
}

export function WaiveDialog({ charge, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const command = useWaive(charge);
  const close = closing(command, onClose);
  return (
    <Dialog isOpen={isOpen} title={m.late.waiveTitle} onClose={close}>
      <Waiving charge={charge} command={command} onClose={close} />
    </Dialog>
  );
}

interface WaivingProps extends Omit<Props, "isOpen"> {
  command: ReturnType<typeof useWaive>;
}

function Waiving({ charge, command, onClose }: WaivingProps) {
  const { m } = useLanguage();
  const words = m.late;
  const money = useMoney(charge.currency);
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const [reason, setReason] = useState("");
  const confirm = () =>
    command.mutate(
      { reason: reason.trim() },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.waived });
        },
      },
    );
  return (
    <DialogForm
      action={words.waive}
      tone="danger"
      isReady={reason.trim() !== ""}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Textarea
        label={words.reason}
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        error={refused.get("/reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <Consequences
        lines={[
          words.thenWaived(money(charge.total_minor)),
          neverAgain(charge, words),
          words.apart,
        ]}
      />
    </DialogForm>
  );
}
