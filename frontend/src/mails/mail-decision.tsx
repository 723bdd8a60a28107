/** A person's decision about a mail that is uncertain or was refused. Always asked twice. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";

import { type Decision, useDecide } from "./mails-api";

interface Props {
  customerId: string;
  messageId: string;
  /** `unknown`: it may have gone out. `refused`: it surely did not. */
  fate: "unknown" | "refused";
}

const CHOICES: Record<Props["fate"], readonly Decision[]> = {
  unknown: ["was_sent", "send_again", "drop"],
  refused: ["send_again", "drop"],
};

export function MailDecision({ customerId, messageId, fate }: Props) {
  const { m } = useLanguage();
  const notify = useToast();
  const decide = useDecide(customerId, messageId);
  const [asked, setAsked] = useState<Decision>("was_sent");
  const [isAsking, setAsking] = useState(false);
  const labels: Record<Decision, string> = {
    was_sent: m.work.wasSent,
    send_again: m.work.sendAgain,
    drop: m.work.drop,
  };
  const ask = (decision: Decision) => {
    setAsked(decision);
    setAsking(true);
  };
  const close = () => {
    setAsking(false);
    decide.reset();
  };
  const confirm = () =>
    decide.mutate(asked, {
      onSuccess: () => {
        setAsking(false);
        notify({ tone: "good", text: m.work.decided });
      },
    });
  return (
    <>
      {CHOICES[fate].map((decision, at) => (
        <Button
          key={decision}
          size="xs"
          variant={at === 0 ? "filled" : "default"}
          onClick={() => ask(decision)}
        >
          {labels[decision]}
        </Button>
      ))}
      <ConfirmDialog
        isOpen={isAsking}
        title={m.work.ask[asked].title}
        action={labels[asked]}
        tone={asked === "send_again" && fate === "unknown" ? "danger" : "normal"}
        isPending={decide.isPending}
        error={decide.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{fate === "refused" && asked === "send_again" ? m.work.askRefused : m.work.ask[asked].body}</p>
      </ConfirmDialog>
    </>
  );
}
