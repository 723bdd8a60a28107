/** Approve or reject what waits on an invoice; what follows is said before. */
import { Textarea } from "@mantine/core";
import { useState } from "react";

import type { ApiError } from "@/api/client";
import type { Approval, Invoice } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { formatMoney } from "@/lib/money";

import { followsApproval, reasonsOf } from "./approval-facts";
import { useApprove, useReject } from "./approvals-api";
import { whyUnsent } from "./unsent";

interface Props {
  approval: Approval;
  /** What the invoice has open, where it is known. */
  openMinor: number | null;
  isOpen: boolean;
  onClose: () => void;
}

export function ApproveDialog({ approval, openMinor, isOpen, onClose }: Props) {
  const { m, locale } = useLanguage();
  const words = m.approvals;
  const notify = useToast();
  const approve = useApprove(approval.invoice_id);
  const amount = formatMoney(approval.amount_minor, approval.currency, locale);
  const isIssue = approval.what === "issue";
  const confirm = (note: string | null) =>
    approve.mutate(
      { note },
      {
        onSuccess: (invoice) => {
          onClose();
          notify({ tone: "good", text: isIssue ? words.issued(numberOf(invoice)) : words.approved });
          for (const code of whyUnsent(invoice.warnings)) {
            notify({ tone: "bad", text: words.notSent(m.common.errors.byCode[code] ?? code) });
          }
        },
      },
    );
  return (
    <Dialog
      isOpen={isOpen}
      title={isIssue ? words.askIssue(amount) : words.askWriteOff(amount)}
      onClose={onClose}
    >
      <Deciding
        action={words.approve}
        label={words.note}
        command={approve}
        pointer="/note"
        onConfirm={confirm}
        onClose={onClose}
      >
        <Who approval={approval} />
        <Consequences
          lines={[...followsApproval(approval, openMinor, m, locale), words.then.onRecord]}
        />
      </Deciding>
    </Dialog>
  );
}

interface RejectProps extends Omit<Props, "openMinor"> {
  /** Whether it is one's own question, which one takes back. */
  isOwn: boolean;
}

export function RejectDialog({ approval, isOwn, isOpen, onClose }: RejectProps) {
  const { m } = useLanguage();
  const words = m.approvals;
  const notify = useToast();
  const reject = useReject(approval.invoice_id);
  const confirm = (reason: string | null) =>
    reject.mutate(
      { reason },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: isOwn ? words.withdrawn : words.rejected });
        },
      },
    );
  return (
    <Dialog isOpen={isOpen} title={isOwn ? words.askWithdraw : words.askReject} onClose={onClose}>
      <Deciding
        action={isOwn ? words.withdraw : words.reject}
        label={isOwn ? words.note : words.why}
        command={reject}
        pointer="/reason"
        onConfirm={confirm}
        onClose={onClose}
      >
        <Who approval={approval} />
        <Consequences
          lines={[approval.what === "issue" ? words.then.draftAgain : words.then.asBefore]}
        />
      </Deciding>
    </Dialog>
  );
}

function numberOf(invoice: Invoice): string {
  return invoice.number ?? "";
}

/** Whose invoice it is, and why it was asked. */
function Who({ approval }: { approval: Approval }) {
  const { m, locale } = useLanguage();
  return (
    <p>
      <strong>{approval.customer_name}</strong>
      {approval.number === null ? null : ` · ${approval.number}`}
      {". "}
      {reasonsOf(approval, m, locale).join(" ")}
    </p>
  );
}

interface DecidingProps {
  action: string;
  label: string;
  pointer: string;
  command: { isPending: boolean; error: ApiError | null };
  onConfirm: (note: string | null) => void;
  onClose: () => void;
  children: React.ReactNode;
}

function Deciding({ label, pointer, command, onConfirm, children, ...form }: DecidingProps) {
  const refused = useFieldErrors(command.error);
  const [note, setNote] = useState("");
  return (
    <DialogForm
      {...form}
      isPending={command.isPending}
      error={command.error}
      onConfirm={() => onConfirm(note.trim() || null)}
    >
      {children}
      <Textarea
        label={label}
        value={note}
        maxLength={2000}
        autosize
        minRows={1}
        error={refused.get(pointer)}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
