/** Replace the secret of an endpoint; the new one is shown once. */
import { Button } from "@mantine/core";
import { useState } from "react";

import type { WebhookEndpoint } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useLanguage } from "@/i18n";

import { SecretShown } from "./secret-shown";
import { useRotateSecret } from "./webhooks-api";

export function SecretActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const rotate = useRotateSecret(endpoint.id);
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    rotate.reset();
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {words.rotate}
      </Button>
      <ConfirmDialog
        isOpen={isAsking && !rotate.data}
        title={words.rotateTitle}
        action={words.rotateAction}
        isPending={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate(undefined)}
        onClose={close}
      >
        <p>{words.rotateBody}</p>
      </ConfirmDialog>
      {isAsking && rotate.data ? <SecretShown secret={rotate.data.secret} onClose={close} /> : null}
    </>
  );
}
