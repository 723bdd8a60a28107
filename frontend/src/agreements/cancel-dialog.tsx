/** Take a promise or a plan back: what of it is still missing is asked for at once. */
import type { Plan, PromiseToPay } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import { useCancelPlan, useCancelPromise } from "./agreements-api";

interface Props<Agreement> {
  agreement: Agreement;
  isOpen: boolean;
  onClose: () => void;
}

export function CancelPromiseDialog({ agreement, ...props }: Props<PromiseToPay>) {
  const { m } = useLanguage();
  const words = m.agreements.cancel;
  return (
    <Asking
      {...props}
      command={useCancelPromise(agreement.id)}
      title={words.promise}
      done={words.promiseDone}
      missing={agreement.amount_minor - agreement.received_minor}
      currency={agreement.currency}
    />
  );
}

export function CancelPlanDialog({ agreement, ...props }: Props<Plan>) {
  const { m } = useLanguage();
  const words = m.agreements.cancel;
  return (
    <Asking
      {...props}
      command={useCancelPlan(agreement.id)}
      title={words.plan}
      done={words.planDone}
      missing={agreement.amount_minor - agreement.paid_minor}
      currency={agreement.currency}
    />
  );
}

interface AskingProps {
  isOpen: boolean;
  onClose: () => void;
  command: ReturnType<typeof useCancelPromise> | ReturnType<typeof useCancelPlan>;
  title: string;
  done: string;
  missing: number;
  currency: string;
}

function Asking({ isOpen, onClose, command, title, done, missing, currency }: AskingProps) {
  const { m, locale } = useLanguage();
  const words = m.agreements.cancel;
  const notify = useToast();
  const close = () => {
    command.reset();
    onClose();
  };
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: () => {
        notify({ tone: "good", text: done });
        close();
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={title}
      action={words.action}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={close}
    >
      <Consequences
        lines={[words.resumes(formatMoney(missing, currency, locale)), words.stays]}
      />
    </ConfirmDialog>
  );
}
