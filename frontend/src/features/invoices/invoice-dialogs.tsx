/** The questions before an invoice is sent, made void or deleted. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";

import type { Invoice } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { useDeleteDraft, useSend, useVoid } from "./invoices-api";

export interface DialogProps {
  invoice: Invoice;
  isOpen: boolean;
  onClose: () => void;
}

export function SendDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const notify = useToast();
  const send = useSend(invoice.id);
  const wasSent = invoice.mail_state !== null;
  const to = invoice.customer.email ?? m.common.none;
  const confirm = () =>
    send.mutate(
      { again: wasSent },
      {
        onSuccess: () => {
          notify({ tone: "good", text: m.invoices.act.sending });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={m.invoices.act.sendTitle}
      action={wasSent ? m.invoices.act.sendAgain : m.invoices.act.send}
      isPending={send.isPending}
      error={send.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{wasSent ? m.invoices.act.sendAgainBody(to) : m.invoices.act.sendBody(to)}</p>
    </ConfirmDialog>
  );
}

export function VoidDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const notify = useToast();
  const [reason, setReason] = useState("");
  const command = useVoid(invoice.id);
  const confirm = () =>
    command.mutate(
      { reason: reason.trim() === "" ? null : reason.trim() },
      {
        onSuccess: () => {
          notify({ tone: "good", text: m.invoices.act.voided });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={m.invoices.act.voidTitle(invoice.number ?? "")}
      action={m.invoices.act.void}
      tone="danger"
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{m.invoices.act.voidBody}</p>
      <Textarea
        label={m.invoices.act.voidReason}
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  );
}

export function DeleteDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const notify = useToast();
  const [, navigate] = useLocation();
  const command = useDeleteDraft(invoice.id);
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: () => {
        notify({ tone: "good", text: m.invoices.act.deleted });
        navigate(pages.invoices);
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={m.invoices.act.deleteTitle}
      action={m.invoices.act.delete}
      tone="danger"
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{m.invoices.act.deleteBody}</p>
    </ConfirmDialog>
  );
}
