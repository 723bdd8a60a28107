/** The switch that stops all mail, for everybody and at once. Asks before either way. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { Company } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";

import { withFrozen } from "./company-fields";
import { useSaveCompany } from "./settings-api";
import classes from "./settings.module.css";

export function SendingPanel({ company }: { company: Company }) {
  const { m } = useLanguage();
  const words = m.settings.sending;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const [isAsking, setAsking] = useState(false);
  const save = useSaveCompany();
  const isFrozen = company.sending_frozen;
  const close = () => {
    setAsking(false);
    save.reset();
  };
  const confirm = () =>
    save.mutate(
      { input: withFrozen(company, !isFrozen), version: company.version },
      {
        onSuccess: (after) => {
          setAsking(false);
          notify({ tone: "good", text: after.sending_frozen ? words.frozenNow : words.resumed });
        },
      },
    );
  return (
    <Panel title={words.title}>
      <div className={classes.sending} data-frozen={isFrozen}>
        <StateBadge tone={isFrozen ? "warn" : "good"}>{isFrozen ? words.frozen : words.on}</StateBadge>
        {isAdmin ? (
          <Button variant={isFrozen ? "filled" : "default"} onClick={() => setAsking(true)}>
            {isFrozen ? words.resume : words.freeze}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={isFrozen ? words.resumeTitle : words.freezeTitle}
        action={isFrozen ? words.resume : words.freeze}
        tone={isFrozen ? "normal" : "danger"}
        isPending={save.isPending}
        error={save.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{isFrozen ? words.resumeBody : words.freezeBody}</p>
      </ConfirmDialog>
    </Panel>
  );
}
