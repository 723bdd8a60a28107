/** Say whose money it was that came in without a name. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCustomerSearch } from "@/api/customer-search";
import type { Payment } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Panel } from "@/components/panel";
import { type Option, Picker } from "@/components/picker";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./payment.module.css";
import { useAssign } from "./payments-api";

export function AssignCustomer({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const words = m.payments.one;
  const notify = useToast();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Option | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { data } = useCustomerSearch(text);
  const assign = useAssign(payment.id);
  const amount = formatMoney(payment.unapplied_minor, payment.currency, locale);
  const confirm = () => {
    if (chosen === null) return;
    assign.mutate(
      { customer_id: chosen.value },
      { onSuccess: () => notify({ tone: "good", text: words.assigned(chosen.label) }) },
    );
  };
  const close = () => {
    setAsking(false);
    assign.reset();
  };
  return (
    <Panel title={words.assign}>
      <p className={classes.soft}>{words.assignBody}</p>
      <div className={classes.assign}>
        <Picker
          label={m.payments.customer}
          placeholder={m.payments.new.customerHint}
          chosenLabel={chosen?.label ?? ""}
          options={data?.items.map(({ id, name, email }) => ({
            value: id,
            label: name,
            ...(email !== null && { detail: email }),
          }))}
          onSearch={setText}
          onChoose={setChosen}
        />
        <Button disabled={chosen === null} onClick={() => setAsking(true)}>
          {words.assignAction}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking && chosen !== null}
        title={words.assignTitle(chosen?.label ?? "")}
        action={words.assignAction}
        isPending={assign.isPending}
        error={assign.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{words.assignConfirm(amount, chosen?.label ?? "")}</p>
      </ConfirmDialog>
    </Panel>
  );
}
