/** Let a reminder go that waits for somebody to look at it first: its exact text stands here. */
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { ErrorState } from "@/components/error-state";
import { ListSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { dayOf, formatInstant } from "@/lib/dates";

import { type NextStep, nextMessagesQuery, useApprove } from "./chase-api";
import { MessageText } from "./message-text";
import { stepText } from "./step-words";

interface Props {
  step: NextStep;
  isOpen: boolean;
  onClose: () => void;
}

export function ApproveDialog({ step, isOpen, onClose }: Props) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone, today } = useMe();
  const notify = useToast();
  const approve = useApprove(step);
  const words = m.chase.approve;
  const close = () => {
    onClose();
    approve.reset();
  };
  const confirm = () =>
    approve.mutate(
      { step_id: step.stepId },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: words.done });
        },
      },
    );
  const isToCome = step.at !== null && dayOf(step.at, timeZone) > today;
  return (
    <Dialog isOpen={isOpen} title={words.title} size="lg" onClose={close}>
      <DialogForm
        action={words.action}
        isPending={approve.isPending}
        error={approve.error}
        onConfirm={confirm}
        onClose={close}
      >
        <Consequences
          lines={[
            `${step.customerName}: ${stepText(step, m)}`,
            isToCome && step.at !== null ? words.on(formatInstant(step.at, locale, timeZone)) : words.now,
          ]}
        />
        <Texts step={step} />
      </DialogForm>
    </Dialog>
  );
}

function Texts({ step }: { step: NextStep }) {
  const next = useQuery(nextMessagesQuery(step.customerId));
  if (next.error) return <ErrorState error={next.error} retry={() => void next.refetch()} />;
  if (next.data === undefined) return <ListSkeleton rows={4} />;
  const mine = next.data.filter(({ currency }) => currency === step.currency);
  return mine.map((message) => (
    <MessageText key={message.to ?? ""} message={message} customerId={step.customerId} />
  ));
}
