/** End a hand-over: take the invoices back, or close the case when nothing is open any more. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { Handover } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";

import { useEndHandover } from "./silence-api";

interface Props {
  handover: Handover;
  /** What of it is open now; null where nobody knows. */
  openMinor: number | null;
  size?: "xs" | "compact-xs";
}

/** The button that fits: closing when nothing is open, taking back while something is. */
export function HandoverActions({ handover, openMinor, size = "xs" }: Props) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const isOver = openMinor === 0;
  const words = isOver ? m.silence.close : m.silence.takeBack;
  if (!useCan("accountant") || handover.state !== "open") return null;
  return (
    <>
      <Button size={size} variant="default" onClick={() => setOpen(true)}>
        {words.action}
      </Button>
      <EndDialog
        handover={handover}
        openMinor={openMinor}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

interface EndProps extends Props {
  isOpen: boolean;
  onClose: () => void;
}

function EndDialog({ handover, openMinor, isOpen, onClose }: EndProps) {
  const { m } = useLanguage();
  const money = useMoney(handover.currency);
  const notify = useToast();
  const isOver = openMinor === 0;
  const command = useEndHandover(handover.id, isOver ? "close" : "take-back");
  const { close: closing, takeBack } = m.silence;
  const words = isOver ? closing : takeBack;
  const close = () => {
    command.reset();
    onClose();
  };
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: () => {
        notify({ tone: "good", text: words.done });
        close();
      },
    });
  const lines = isOver
    ? [closing.nothing, closing.stays]
    : [
        openMinor === null ? m.silence.lift.resumesAll : takeBack.resumes(money(openMinor)),
        m.silence.lift.nextStep,
        takeBack.tell(handover.to_name),
      ];
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={words.title}
      action={words.action}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={close}
    >
      <Consequences lines={lines} />
    </ConfirmDialog>
  );
}
