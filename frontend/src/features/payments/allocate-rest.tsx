/** Apply what a payment has left over to what its customer still owes. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Payment } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import { bodyOf } from "./allocation";
import { AllocationTable } from "./allocation-table";
import { OutcomeList } from "./outcome";
import classes from "./payment.module.css";
import { accountQuery, useAllocate } from "./payments-api";
import { useAllocation } from "./use-allocation";

const NOTHING_OPEN: [] = [];

export function AllocateRest({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const words = m.payments.one;
  const { customer_id: customerId, currency, unapplied_minor: amount } = payment;
  const account = useQuery(accountQuery(customerId, currency));
  const items = account.data?.open_items ?? NOTHING_OPEN;
  return (
    <Panel title={words.allocate} padding="flush">
      <p className={classes.intro}>{words.allocateBody(formatMoney(amount, currency, locale))}</p>
      {account.error ? (
        <div className={classes.inset}>
          <ErrorState error={account.error} retry={() => void account.refetch()} />
        </div>
      ) : account.data === undefined ? (
        <ListSkeleton rows={4} />
      ) : items.length === 0 ? (
        <p className={classes.quiet}>{words.nothingOpen}</p>
      ) : (
        <Table payment={payment} items={items} reread={() => void account.refetch()} />
      )}
    </Panel>
  );
}

interface TableProps {
  payment: Payment;
  items: Parameters<typeof useAllocation>[0]["items"];
  reread: () => void;
}

function Table({ payment, items, reread }: TableProps) {
  const { m, locale } = useLanguage();
  const words = m.payments.one;
  const notify = useToast();
  const allocate = useAllocate(payment.id);
  const { currency } = payment;
  const allocation = useAllocation({
    amount: payment.unapplied_minor,
    currency,
    items,
    on: payment.origin === "money" ? payment.received_on : undefined,
  });
  const { applied } = allocation.outcome;
  const money = formatMoney(applied, currency, locale);
  const submit = () =>
    allocate.mutate(
      {
        allocations: allocation.isLeftToServer ? null : bodyOf(allocation.items, allocation.spread),
      },
      {
        onSuccess: () => notify({ tone: "good", text: words.allocated(money) }),
        onError: reread,
      },
    );
  return (
    <>
      <AllocationTable allocation={allocation} />
      <div className={classes.foot}>
        <h3 className={classes.footTitle}>{m.payments.new.outcome}</h3>
        <OutcomeList allocation={allocation} />
        <CommandError error={allocate.error} />
        <Button
          onClick={submit}
          loading={allocate.isPending}
          disabled={applied === 0 || !allocation.isSound}
        >
          {applied === 0 ? words.allocateNothing : words.allocateAction(money)}
        </Button>
      </div>
    </>
  );
}
