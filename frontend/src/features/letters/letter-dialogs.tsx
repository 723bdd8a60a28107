/** Say that a letter was posted, with what proves it; or that it will not be, and why. */
import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { MessageRow } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { dayOf } from "@/lib/dates";

import { useNotPosted, usePosted } from "./letters-api";

interface Props {
  row: MessageRow;
  isOpen: boolean;
  onClose: () => void;
}

export function PostedDialog({ row, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const posted = usePosted(row);
  const close = () => {
    posted.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.paper.letters.postedTitle} onClose={close}>
      <Posting row={row} posted={posted} onClose={close} />
    </Dialog>
  );
}

interface PostingProps extends Omit<Props, "isOpen"> {
  posted: ReturnType<typeof usePosted>;
}

function Posting({ row, posted, onClose }: PostingProps) {
  const { m } = useLanguage();
  const { today, time_zone: timeZone } = useMe();
  const words = m.paper.letters;
  const notify = useToast();
  const refused = useFieldErrors(posted.error);
  const [day, setDay] = useState(today);
  const [carrier, setCarrier] = useState("");
  const [tracking, setTracking] = useState("");
  const first = dayOf(row.created_at, timeZone);
  const isDay = day !== "" && day >= first && day <= today;
  const confirm = () =>
    posted.mutate(
      { posted_on: day, carrier: carrier.trim() || null, tracking: tracking.trim() || null },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.postedDone(row.customer_name) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.postedAction}
      isReady={isDay}
      isPending={posted.isPending}
      error={posted.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <DateField
        label={words.postedOn}
        value={day}
        min={first}
        max={today}
        error={isDay ? refused.get("/posted_on") : m.common.errors.date}
        onChange={setDay}
      />
      <TextInput
        label={words.carrier}
        description={words.carrierHint}
        value={carrier}
        error={refused.get("/carrier")}
        onChange={(event) => setCarrier(event.currentTarget.value)}
      />
      <TextInput
        label={words.tracking}
        description={words.trackingHint}
        value={tracking}
        error={refused.get("/tracking")}
        onChange={(event) => setTracking(event.currentTarget.value)}
      />
      <Consequences lines={[words.thenProof]} />
    </DialogForm>
  );
}

export function NotPostedDialog({ row, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const left = useNotPosted(row);
  const close = () => {
    left.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.paper.letters.notPostedTitle} onClose={close}>
      <Leaving row={row} left={left} onClose={close} />
    </Dialog>
  );
}

interface LeavingProps extends Omit<Props, "isOpen"> {
  left: ReturnType<typeof useNotPosted>;
}

function Leaving({ row, left, onClose }: LeavingProps) {
  const { m } = useLanguage();
  const words = m.paper.letters;
  const notify = useToast();
  const refused = useFieldErrors(left.error);
  const [reason, setReason] = useState("");
  const confirm = () =>
    left.mutate(
      { reason: reason.trim() },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.notPostedDone(row.customer_name) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.notPostedAction}
      tone="danger"
      isReady={reason.trim() !== ""}
      isPending={left.isPending}
      error={left.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Textarea
        label={words.reason}
        value={reason}
        maxLength={200}
        autosize
        minRows={2}
        error={refused.get("/reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Consequences lines={[words.thenOff]} />
    </DialogForm>
  );
}
