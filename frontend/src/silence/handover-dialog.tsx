/** Hand invoices over to lawyers or a collection agency: the machine is silent about them. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import type { AgreedInvoice } from "@/agreements/agreements-api";
import { ChosenInvoices, sumOfChosen } from "@/agreements/chosen-invoices";
import { NoteField } from "@/agreements/note-field";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";

import { useHandOver } from "./silence-api";

interface Props {
  customerId: string;
  name: string;
  currency: string;
  /** What is open and not handed over yet. */
  invoices: readonly AgreedInvoice[];
  isOpen: boolean;
  onDone: () => void;
}

export function HandoverDialog(props: Props) {
  const { m } = useLanguage();
  const command = useHandOver();
  const close = () => {
    command.reset();
    props.onDone();
  };
  return (
    <Dialog isOpen={props.isOpen} title={m.silence.legal.title(props.name)} onClose={close}>
      {props.invoices.length === 0 ? (
        <p>{m.silence.legal.elsewhere}</p>
      ) : (
        <Asking {...props} command={command} onDone={close} />
      )}
    </Dialog>
  );
}

type AskingProps = Omit<Props, "isOpen"> & { command: ReturnType<typeof useHandOver> };

function Asking({ customerId, currency, invoices, command, onDone }: AskingProps) {
  const { m } = useLanguage();
  const words = m.silence.legal;
  const money = useMoney(currency);
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(invoices.map(({ id }) => id)),
  );
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [note, setNote] = useState("");
  const isEmail = email.trim() === "" || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email.trim());
  const isReady = chosen.size > 0 && name.trim() !== "" && isEmail;
  const all = sumOfChosen(invoices, new Set());
  const there = chosen.size === 0 ? 0 : sumOfChosen(invoices, chosen);
  const confirm = () => {
    const input = {
      customer_id: customerId,
      currency,
      invoice_ids: invoices.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
      to_name: name.trim(),
      to_email: email.trim() || null,
      note: note.trim() || null,
    };
    command.mutate(input, {
      onSuccess: () => {
        notify({ tone: "good", text: words.done(input.to_name) });
        onDone();
      },
    });
  };
  return (
    <DialogForm
      action={words.confirm}
      isReady={isReady}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onDone}
    >
      <ChosenInvoices
        label={words.invoices}
        invoices={invoices}
        currency={currency}
        chosen={chosen}
        change={setChosen}
      />
      <TextInput
        label={words.to}
        description={words.toHint}
        value={name}
        maxLength={200}
        error={refused.get("/to_name")}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={words.email}
        description={words.emailHint}
        type="email"
        autoComplete="off"
        value={email}
        maxLength={254}
        error={isEmail ? refused.get("/to_email") : words.badEmail}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NoteField value={note} onChange={setNote} />
      <Consequences
        lines={
          chosen.size > 0
            ? [
                words.leaves(chosen.size, money(there)),
                words.nothingMore,
                all > there ? words.goesOn(money(all - there)) : null,
                words.told,
              ]
            : []
        }
      />
    </DialogForm>
  );
}
