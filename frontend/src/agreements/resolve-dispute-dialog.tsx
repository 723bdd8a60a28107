/** End a dispute: by credit note, since it was paid, or by saying no. */
import { Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Dispute, ResolveInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import { accountQuery, useResolveDispute } from "./agreements-api";
import { NoteField } from "./note-field";

interface Props {
  dispute: Dispute;
  isOpen: boolean;
  onClose: () => void;
}

type Outcome = NonNullable<ResolveInput["outcome"]>;

const OUTCOMES: readonly Outcome[] = ["credited", "paid", "rejected"];

export function ResolveDisputeDialog({ dispute, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const resolve = useResolveDispute(dispute.id);
  const close = () => {
    resolve.reset();
    onClose();
  };
  const title = m.agreements.resolve.title(dispute.invoice_number);
  return (
    <Dialog isOpen={isOpen} title={title} onClose={close}>
      <Asking dispute={dispute} resolve={resolve} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  resolve: ReturnType<typeof useResolveDispute>;
}

function Asking({ dispute, resolve, onClose }: AskingProps) {
  const { m } = useLanguage();
  const words = m.agreements.resolve;
  const notify = useToast();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [note, setNote] = useState("");
  const follows = useFollows(dispute, outcome);
  const confirm = () => {
    if (outcome === null || follows.lines === null) return;
    resolve.mutate(
      { outcome, note: note.trim() || null },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.done });
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      action={words.action}
      isReady={outcome !== null && follows.lines !== null}
      isPending={resolve.isPending}
      error={resolve.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{dispute.reason}</p>
      <Radio.Group
        label={words.how}
        value={outcome ?? ""}
        onChange={(value) => setOutcome(OUTCOMES.find((one) => one === value) ?? null)}
      >
        <Stack gap={8} mt={6}>
          {OUTCOMES.map((one) => (
            <Radio key={one} value={one} label={words[one]} />
          ))}
        </Stack>
      </Radio.Group>
      <NoteField label={words.note} value={note} onChange={setNote} />
      <CommandError error={follows.error} />
      <Consequences lines={follows.lines ?? []} />
    </DialogForm>
  );
}

/** What follows from an outcome, in words; null until what is open on the invoice is known. */
function useFollows(dispute: Dispute, outcome: Outcome | null) {
  const { m, locale } = useLanguage();
  const words = m.agreements.resolve;
  const { currency, invoice_id: invoiceId, invoice_number: number, resting_minor: resting } = dispute;
  const account = useQuery(accountQuery(dispute.customer_id, currency));
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const none = { lines: null, error: null };
  if (outcome === null) return none;
  if (outcome === "rejected") return { ...none, lines: [words.chased(money(resting))] };
  if (outcome === "paid") return { ...none, lines: [words.paidBody(money(resting))] };
  if (account.data === undefined) return { lines: null, error: account.error };
  const item = account.data.open_items.find((one) => one.invoice_id === invoiceId);
  const left = Math.max((item?.open_minor ?? 0) - resting, 0);
  return {
    lines: [
      words.credits(money(resting)),
      left > 0 ? words.leaves(number, money(left)) : words.settles(number),
    ],
    error: null,
  };
}
