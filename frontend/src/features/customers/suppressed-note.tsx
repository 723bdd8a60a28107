/** Says that the customer's address is not written to, why, and how to change that. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { useLanguage, wordFor } from "@/i18n";

import classes from "./customer.module.css";
import { useUnsuppress } from "./customers-api";

interface Props {
  id: string;
  address: string;
  reason: string;
}

export function SuppressedNote({ id, address, reason }: Props) {
  const { m } = useLanguage();
  const words = m.customers.one;
  const notify = useToast();
  const canEdit = useCan("collector");
  const [isAsking, setAsking] = useState(false);
  const unsuppress = useUnsuppress(id);
  const close = () => {
    setAsking(false);
    unsuppress.reset();
  };
  const confirm = () =>
    unsuppress.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        notify({ tone: "good", text: words.unsuppressed });
      },
    });
  return (
    <div className={classes.suppressed} role="status">
      <Icon name="warning" />
      <div>
        <p className={classes.strong}>{words.suppressed(address, wordFor(words.reasons, reason))}</p>
        <p>{words.suppressedBody}</p>
      </div>
      {canEdit ? (
        <Button variant="default" onClick={() => setAsking(true)}>
          {words.unsuppress}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={words.unsuppressTitle}
        action={words.unsuppress}
        isPending={unsuppress.isPending}
        error={unsuppress.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{words.unsuppressBody(address)}</p>
      </ConfirmDialog>
    </div>
  );
}
