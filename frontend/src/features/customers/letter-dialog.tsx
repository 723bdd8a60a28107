/** Write a formal letter to a customer: what it will claim is said before it is written. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { post } from "@/api/client";
import { useCommand } from "@/api/command";
import { useMe } from "@/api/me";
import type { Account, Customer, Letter, LetterInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { endpoints } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { useMoney } from "@/i18n/use-money";

import { accountQuery } from "./customers-api";

const TEMPLATES: readonly LetterInput["template"][] = ["letter_formal", "letter_last_notice"];

function useWriteLetter(customerId: string) {
  return useCommand((input: LetterInput, key) =>
    post<Letter>(endpoints.customerLetters(customerId), input, key),
  );
}

interface Props {
  customer: Customer;
  currency: string;
  isOpen: boolean;
  onClose: () => void;
}

export function LetterDialog({ customer, currency, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const write = useWriteLetter(customer.id);
  const close = () => {
    write.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.paper.write.title} onClose={close}>
      <Writing customer={customer} currency={currency} write={write} onClose={close} />
    </Dialog>
  );
}

interface WritingProps extends Omit<Props, "isOpen"> {
  write: ReturnType<typeof useWriteLetter>;
}

/** What is overdue and asked for, as the letter will claim it. */
function claimOf(account: Account | undefined, today: string) {
  const late = (account?.open_items ?? []).filter(
    (item) => item.due_date < today && item.asked_minor > 0,
  );
  const sum = late.reduce((total, item) => total + item.asked_minor, 0);
  return { count: late.length, minor: sum - (account?.unapplied_minor ?? 0) };
}

function Writing({ customer, currency, write, onClose }: WritingProps) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.paper.write;
  const money = useMoney(currency);
  const notify = useToast();
  const [template, setTemplate] = useState<LetterInput["template"]>("letter_formal");
  const account = useQuery(accountQuery(customer.id, currency));
  const claim = claimOf(account.data, today);
  const unapplied = account.data?.unapplied_minor ?? 0;
  const hasAddress = (customer.address ?? "").trim() !== "";
  const isReady = account.data !== undefined && claim.minor > 0 && hasAddress;
  const confirm = () =>
    write.mutate(
      { currency, template },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.done(customer.name) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={isReady}
      isPending={write.isPending}
      error={write.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <CommandError error={account.error} />
      <NativeSelect
        label={words.template}
        value={template}
        data={TEMPLATES.map((value) => ({ value, label: wordFor(m.words.template, value) }))}
        onChange={(event) =>
          setTemplate(TEMPLATES.find((one) => one === event.currentTarget.value) ?? template)
        }
      />
      {hasAddress ? null : <p>{words.noAddress}</p>}
      {account.data !== undefined && claim.minor <= 0 ? <p>{words.nothing}</p> : null}
      {isReady ? (
        <Consequences
          lines={[
            words.claims(money(claim.minor), claim.count),
            unapplied > 0 ? words.less(money(unapplied)) : null,
            words.waits,
            words.callsOff,
          ]}
        />
      ) : null}
    </DialogForm>
  );
}
