/** Claim interest up to a day, with the derivation that the customer will be shown. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { LateCharges } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { DateField } from "@/components/date-field";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useMoney } from "@/i18n/use-money";

import { closing } from "./closing";
import { Derivation } from "./derivation";
import { lateQuery, useClaim } from "./late-api";

interface Props {
  late: LateCharges;
  isOpen: boolean;
  onClose: () => void;
}

export function ClaimDialog({ late, isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const command = useClaim(late.invoice_id);
  const close = closing(command, onClose);
  return (
    <Dialog isOpen={isOpen} size="lg" title={m.late.claimTitle(late.number ?? "")} onClose={close}>
      <Claiming late={late} command={command} onClose={close} />
    </Dialog>
  );
}

interface ClaimingProps extends Omit<Props, "isOpen"> {
  command: ReturnType<typeof useClaim>;
}

function Claiming({ late, command, onClose }: ClaimingProps) {
  const { m } = useLanguage();
  const { today } = useMe();
  const words = m.late;
  const money = useMoney(late.currency);
  const notify = useToast();
  const refused = useFieldErrors(command.error);
  const [day, setDay] = useState(late.as_of);
  const isDay = day !== "" && day <= today;
  const preview = useQuery({ ...lateQuery(late.invoice_id, day), enabled: isDay });
  const claim = isDay && !preview.isPlaceholderData ? preview.data : undefined;
  const reason = claim?.reason_none ?? null;
  const confirm = () =>
    command.mutate(
      { as_of: day },
      {
        onSuccess: (charge) => {
          onClose();
          notify({ tone: "good", text: words.claimed(money(charge.total_minor)) });
        },
      },
    );
  return (
    <DialogForm
      action={words.claimAction}
      isReady={claim !== undefined && reason === null}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <DateField
        label={words.asOf}
        value={day}
        max={today}
        error={isDay ? refused.get("/as_of") : m.common.errors.date}
        onChange={setDay}
      />
      <CommandError error={preview.error} />
      {reason === null ? null : <p>{m.common.errors.byCode[reason] ?? reason}</p>}
      {claim === undefined || reason !== null ? null : (
        <>
          <Derivation
            segments={claim.segments}
            compensationMinor={claim.compensation_minor}
            totalMinor={claim.total_minor}
            currency={claim.currency}
          />
          <Consequences
            lines={[words.thenClaimed(money(claim.total_minor)), words.apart, words.onceOnly]}
          />
        </>
      )}
    </DialogForm>
  );
}
