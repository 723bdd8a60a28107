/** Note what a customer contests of an invoice: it is not asked for until somebody decides. */
import { Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { companyQuery } from "@/api/company";
import { useMe } from "@/api/me";
import type { Invoice } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { MoneyField } from "@/components/money-field";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";
import { addDays, formatDay } from "@/lib/dates";

import { useOpenDispute } from "./changes-api";
import classes from "./changes.module.css";
import { closing } from "./closing";
import type { DialogProps } from "./invoice-dialogs";
import { useAmount } from "./use-amount";

interface Props extends DialogProps {
  /** What of the invoice does not rest already. */
  freeMinor: number;
}

export function DisputeDialog({ invoice, freeMinor, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const command = useOpenDispute();
  const close = closing(command, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      title={m.changes.dispute.title(invoice.number ?? "")}
      onClose={close}
    >
      <Opening invoice={invoice} freeMinor={freeMinor} command={command} onClose={close} />
    </Dialog>
  );
}

interface OpeningProps {
  invoice: Invoice;
  freeMinor: number;
  command: ReturnType<typeof useOpenDispute>;
  onClose: () => void;
}

function Opening({ invoice, freeMinor, command, onClose }: OpeningProps) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const words = m.changes.dispute;
  const money = useMoney(invoice.currency);
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const amount = useAmount({
    currency: invoice.currency,
    whole: freeMinor,
    tooMuch: words.tooMuch(money(freeMinor)),
  });
  const [reason, setReason] = useState("");
  const [owner, setOwner] = useState(me.name);
  const [chosen, setDeadline] = useState<string | null>(null);
  const company = useQuery(companyQuery);
  const usual = company.data ? addDays(me.today, company.data.dispute_days) : "";
  const deadline = chosen ?? usual;
  const isPast = deadline !== "" && deadline < me.today;
  const minor = amount.minor ?? 0;
  const confirm = () =>
    command.mutate(
      {
        invoice_id: invoice.id,
        amount_minor: minor,
        reason: reason.trim(),
        owner: owner.trim() || null,
        deadline: deadline || null,
      },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.done(money(minor)) });
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={amount.minor !== null && reason.trim() !== "" && !isPast}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <MoneyField
        label={words.amount}
        currency={invoice.currency}
        value={amount.text}
        onChange={amount.change}
        error={amount.error ?? refused.get("/amount_minor")}
      />
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
      <div className={classes.pair}>
        <TextInput
          label={words.owner}
          value={owner}
          maxLength={200}
          error={refused.get("/owner")}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
        <DateField
          label={words.deadline}
          value={deadline}
          min={me.today}
          error={isPast ? words.past : refused.get("/deadline")}
          onChange={setDeadline}
        />
      </div>
      {amount.minor === null ? null : (
        <Consequences
          lines={[
            words.rests(money(minor)),
            freeMinor > minor ? m.changes.goesOn(money(freeMinor - minor)) : words.nothingGoesOn,
            deadline === "" ? words.usualLate : words.late(formatDay(deadline, locale)),
          ]}
        />
      )}
    </DialogForm>
  );
}
