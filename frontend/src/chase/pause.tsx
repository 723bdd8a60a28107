/** Pause the chase of an account from where its next step is shown. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { accountQuery } from "@/agreements/agreements-api";
import { onDemand } from "@/components/on-demand";
import { useLanguage } from "@/i18n";

import type { NextStep } from "./chase-api";

const HoldDialog = onDemand(() => import("@/silence/hold-dialog").then((one) => one.HoldDialog));

export function Pause({ step }: { step: NextStep }) {
  const { m } = useLanguage();
  const [isAsked, setAsked] = useState(false);
  const account = useQuery({ ...accountQuery(step.customerId, step.currency), enabled: isAsked });
  const invoices = (account.data?.open_items ?? []).map(({ invoice_id: id, number, open_minor }) => ({
    id,
    number,
    open_minor,
  }));
  return (
    <>
      <Button size="xs" variant="default" loading={isAsked && account.isPending} onClick={() => setAsked(true)}>
        {m.chase.pause}
      </Button>
      <HoldDialog
        customerId={step.customerId}
        name={step.customerName}
        currency={step.currency}
        invoices={invoices}
        of="customer"
        isOpen={isAsked && account.data !== undefined}
        onDone={() => setAsked(false)}
      />
    </>
  );
}
