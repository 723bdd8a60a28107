/** Chase the invoice by other rules: says which step comes next by them. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";

import { post } from "@/api/client";
import { useCommand } from "@/api/command";
import { useMe } from "@/api/me";
import type { Invoice, InvoicePolicyInput, OpenItem, Policies, Policy } from "@/api/models";
import { stepText } from "@/chase/step-words";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { policyName } from "@/lib/policy-name";

import { nextStep, wordsOf } from "./ladder";

interface Props {
  invoice: Invoice;
  item: OpenItem;
  book: Policies;
  /** The customer's ladder. */
  common: Policy;
  isOpen: boolean;
  onClose: () => void;
}

export function DunningPolicyDialog({ isOpen, onClose, ...asking }: Props) {
  const { m } = useLanguage();
  const change = useCommand((input: InvoicePolicyInput, key) =>
    post<Invoice>(endpoints.invoicePolicy(asking.invoice.id), input, key),
  );
  const close = () => {
    onClose();
    change.reset();
  };
  return (
    <Dialog isOpen={isOpen} title={m.chase.invoice.changeTitle} onClose={close}>
      <Asking {...asking} change={change} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  change: ReturnType<typeof useCommand<InvoicePolicyInput, Invoice>>;
}

function Asking({ invoice, item, book, common, change, onClose }: AskingProps) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const notify = useToast();
  const words = m.chase.invoice;
  const [chosen, setChosen] = useState(invoice.policy_id ?? "");
  const ladder = book.items.find(({ id }) => id === chosen) ?? common;
  const next = nextStep(ladder, item, today);
  const days = ladder.steps.map(({ offset_days: at }) => words.at(at)).join(", ");
  const confirm = () =>
    change.mutate(
      { policy_id: chosen === "" ? null : chosen },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.saved });
        },
      },
    );
  return (
    <DialogForm
      action={words.save}
      isReady={chosen !== (invoice.policy_id ?? "")}
      isPending={change.isPending}
      error={change.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <NativeSelect
        label={words.choose}
        value={chosen}
        data={[
          { value: "", label: words.likeCustomer(policyName(common, m)) },
          ...book.items.map((one) => ({ value: one.id, label: policyName(one, m) })),
        ]}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
      />
      <Consequences
        lines={[
          words.steps(policyName(ladder, m), words.days(days)),
          next === null
            ? words.noMore
            : words.next(words.from(stepText(wordsOf(next.step), m), formatDay(next.from, locale))),
          words.keeps,
        ]}
      />
    </DialogForm>
  );
}
