/** What can be done with an import as a whole: stop it, or begin another one. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { ImportFile } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { useCancel } from "./imports-api";

const OVER: readonly string[] = ["done", "cancelled", "failed"];

export function CancelImport({ file }: { file: ImportFile }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const cancel = useCancel(file.id);
  const mayCancel = useCan("accountant");
  if (!mayCancel || OVER.includes(file.state)) return null;
  const words = m.imports.confirm;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {m.imports.act.cancel}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={words.cancelTitle}
        action={words.cancelAction}
        tone="danger"
        isPending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: () => setOpen(false) })}
        onClose={() => setOpen(false)}
      >
        <p>{words.cancelBody}</p>
      </ConfirmDialog>
    </>
  );
}

export function StartAnother({ what }: { what: ImportFile["what"] }) {
  const { m } = useLanguage();
  return (
    <Button component={Link} href={pages.importNew(what)} variant="default">
      {m.imports.act.again}
    </Button>
  );
}
