/** The open invoices of the chosen customer, in the four states of a part that is fetched. */
import type { UseQueryResult } from "@tanstack/react-query";

import type { Account, Customer } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";

import { AllocationTable } from "./allocation-table";
import classes from "./payment-form.module.css";
import type { Allocation } from "./use-allocation";

interface Props {
  customer: Customer | null;
  account: UseQueryResult<Account>;
  allocation: Allocation;
}

export function AllocationPanel(props: Props) {
  const { m } = useLanguage();
  return (
    <Panel title={m.payments.new.allocation} padding="flush">
      <Content {...props} />
    </Panel>
  );
}

function Content({ customer, account, allocation }: Props) {
  const { m } = useLanguage();
  const words = m.payments.new;
  if (customer === null) return <p className={classes.quiet}>{words.chooseCustomer}</p>;
  if (account.error) {
    return (
      <div className={classes.inset}>
        <ErrorState error={account.error} retry={() => void account.refetch()} />
      </div>
    );
  }
  if (account.data === undefined) return <ListSkeleton rows={4} />;
  if (account.data.open_items.length === 0) {
    return <p className={classes.quiet}>{words.nothingOpen(allocation.currency)}</p>;
  }
  return <AllocationTable allocation={allocation} />;
}
