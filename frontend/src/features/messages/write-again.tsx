/** Lets mail go again to an address that was stopped. It asks first: a second bounce costs reputation. */
import { Button } from "@mantine/core";
import { useState } from "react";

import type { MessageFile } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useWriteAgain } from "@/mails/mails-api";

export function WriteAgain({ message }: { message: MessageFile }) {
  const { m } = useLanguage();
  const words = m.mails.one;
  const notify = useToast();
  const writeAgain = useWriteAgain(message.customer_id);
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    writeAgain.reset();
  };
  const confirm = () =>
    writeAgain.mutate(message.to, {
      onSuccess: () => {
        setAsking(false);
        notify({ tone: "good", text: words.writtenAgain });
      },
    });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {words.writeAgain}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.writeAgainTitle}
        action={words.writeAgain}
        isPending={writeAgain.isPending}
        error={writeAgain.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{words.writeAgainBody(message.to)}</p>
      </ConfirmDialog>
    </>
  );
}
