/** Who looks after a dispute, and until when. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { Dispute } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { useChangeDispute } from "./agreements-api";

interface Props {
  dispute: Dispute;
  isOpen: boolean;
  onClose: () => void;
}

export function ChangeDisputeDialog({ dispute, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const change = useChangeDispute(dispute.id);
  const close = () => {
    change.reset();
    onClose();
  };
  const title = m.agreements.change.title(dispute.invoice_number);
  return (
    <Dialog isOpen={isOpen} title={title} onClose={close}>
      <Asking dispute={dispute} change={change} onClose={close} />
    </Dialog>
  );
}

interface AskingProps extends Omit<Props, "isOpen"> {
  change: ReturnType<typeof useChangeDispute>;
}

function Asking({ dispute, change, onClose }: AskingProps) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.agreements.change;
  const notify = useToast();
  const refused = useFieldErrors(change.error);
  const [read] = useState(dispute);
  const [owner, setOwner] = useState(read.owner);
  const [deadline, setDeadline] = useState(read.deadline);
  const isMoved = deadline !== read.deadline;
  const isPast = isMoved && deadline < today;
  const isChanged = isMoved || owner.trim() !== read.owner;
  const confirm = () =>
    change.mutate(
      {
        changes: {
          ...(owner.trim() !== read.owner && { owner: owner.trim() }),
          ...(isMoved && { deadline }),
        },
        version: read.version,
      },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.done });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={isChanged && !isPast && deadline !== "" && owner.trim() !== ""}
      isPending={change.isPending}
      error={change.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput
        label={words.owner}
        value={owner}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setOwner(event.currentTarget.value)}
        error={refused.get("/owner")}
        data-autofocus
      />
      <DateField
        label={words.deadline}
        value={deadline}
        min={today}
        onChange={setDeadline}
        error={isPast ? words.past : refused.get("/deadline")}
      />
      <Consequences lines={[words.keeps]} />
    </DialogForm>
  );
}
