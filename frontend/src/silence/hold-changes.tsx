/** Change a pause or lift it, from wherever one is shown. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { NoteField } from "@/agreements/note-field";
import { useCan } from "@/api/me";
import type { Hold } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";
import { addDays, formatDay } from "@/lib/dates";

import { LastDay, type Reason, ReasonField, useWrongDay } from "./hold-fields";
import { useChangeHold, useLiftHold } from "./silence-api";

interface Props {
  hold: Hold;
  /** What it rests now; null where nobody knows. */
  restingMinor: number | null;
  size?: "xs" | "compact-xs";
}

/** The two buttons; nothing for who may not, and for a pause that is over. */
export function HoldActions({ hold, restingMinor, size = "xs" }: Props) {
  const { m } = useLanguage();
  const [asked, setAsked] = useState<"change" | "lift" | null>(null);
  if (!useCan("collector") || hold.state !== "open") return null;
  const close = () => setAsked(null);
  return (
    <>
      <Button size={size} variant="default" onClick={() => setAsked("change")}>
        {m.silence.change.action}
      </Button>
      <Button size={size} variant="default" onClick={() => setAsked("lift")}>
        {m.silence.lift.action}
      </Button>
      <ChangeDialog hold={hold} isOpen={asked === "change"} onClose={close} />
      <LiftDialog
        hold={hold}
        restingMinor={restingMinor}
        isOpen={asked === "lift"}
        onClose={close}
      />
    </>
  );
}

interface ChangeProps {
  hold: Hold;
  isOpen: boolean;
  onClose: () => void;
}

function ChangeDialog({ hold, isOpen, onClose }: ChangeProps) {
  const { m } = useLanguage();
  const command = useChangeHold(hold.id);
  const close = () => {
    command.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.silence.change.title} onClose={close}>
      <Changing hold={hold} command={command} onClose={close} />
    </Dialog>
  );
}

interface ChangingProps {
  hold: Hold;
  command: ReturnType<typeof useChangeHold>;
  onClose: () => void;
}

function Changing({ hold, command, onClose }: ChangingProps) {
  const { m, locale } = useLanguage();
  const words = m.silence;
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const [day, setDay] = useState(hold.until);
  const [reason, setReason] = useState<Reason>(hold.reason);
  const [note, setNote] = useState(hold.note ?? "");
  const wrongDay = useWrongDay(day);
  const confirm = () =>
    command.mutate(
      { changes: { until: day, reason, note: note.trim() || null }, version: hold.version },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.change.done(formatDay(day, locale)) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.change.confirm}
      isReady={wrongDay === null}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <LastDay value={day} onChange={setDay} refused={refused.get("/until")} />
      <ReasonField value={reason} onChange={setReason} />
      <NoteField value={note} onChange={setNote} />
      <Consequences
        lines={
          wrongDay === null
            ? [
                words.hold.silent(formatDay(day, locale)),
                words.hold.resumes(formatDay(addDays(day, 1), locale)),
              ]
            : []
        }
      />
    </DialogForm>
  );
}

interface LiftProps extends ChangeProps {
  restingMinor: number | null;
}

function LiftDialog({ hold, restingMinor, isOpen, onClose }: LiftProps) {
  const { m } = useLanguage();
  const words = m.silence.lift;
  const money = useMoney(hold.currency);
  const notify = useToast();
  const command = useLiftHold(hold.id);
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
      <Consequences
        lines={[
          restingMinor === null
            ? words.resumesAll
            : restingMinor > 0
              ? words.resumes(money(restingMinor))
              : null,
          words.nextStep,
        ]}
      />
    </ConfirmDialog>
  );
}
