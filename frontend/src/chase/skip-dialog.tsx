/** Take the next step without sending it: says what follows before it is done. */
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { ListSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { type NextStep, nextMessagesQuery, useSkip } from "./chase-api";
import { stepText } from "./step-words";

interface Props {
  step: NextStep;
  isOpen: boolean;
  onClose: () => void;
}

export function SkipDialog({ step, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const notify = useToast();
  const skip = useSkip(step);
  const close = () => {
    onClose();
    skip.reset();
  };
  const confirm = () =>
    skip.mutate(
      { step_id: step.stepId },
      {
        onSuccess: () => {
          onClose();
          notify({ tone: "good", text: m.chase.skip.done });
        },
      },
    );
  return (
    <Dialog isOpen={isOpen} title={m.chase.skip.title} onClose={close}>
      <DialogForm
        action={m.chase.skip.confirm}
        isPending={skip.isPending}
        error={skip.error}
        onConfirm={confirm}
        onClose={close}
      >
        <WhatFollows step={step} />
      </DialogForm>
    </Dialog>
  );
}

function WhatFollows({ step }: { step: NextStep }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const next = useQuery(nextMessagesQuery(step.customerId));
  const words = m.chase.skip;
  if (next.isPending) return <ListSkeleton rows={2} />;
  const message = next.data?.find(({ currency }) => currency === step.currency);
  const following = message?.following ?? null;
  const then =
    following === null
      ? words.last
      : words.after(stepText(following, m), formatInstant(following.at, locale, timeZone));
  return (
    <Consequences
      lines={[words.nobody(stepText(step, m), step.customerName), message === undefined ? null : then]}
    />
  );
}
