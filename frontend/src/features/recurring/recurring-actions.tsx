/** Edit, pause, resume or end a recurring invoice. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Recurring } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatMoney } from "@/lib/money";

import { upcomingQuery, useStep } from "./recurring-api";

type Step = "pause" | "resume" | "end";

export function RecurringActions({ recurring }: { recurring: Recurring }) {
  const { m } = useLanguage();
  const words = m.recurring.one;
  const [asked, setAsked] = useState<Step | null>(null);
  const isPaused = recurring.state === "paused";
  if (!useCan("accountant") || recurring.state === "ended") return null;
  const dialog = { recurring, onClose: () => setAsked(null) };
  return (
    <>
      <Button component={Link} href={pages.recurringEdit(recurring.id)} variant="default">
        {words.edit}
      </Button>
      {isPaused ? (
        <Button onClick={() => setAsked("resume")}>{words.resume}</Button>
      ) : (
        <Button variant="default" onClick={() => setAsked("pause")}>
          {words.pause}
        </Button>
      )}
      <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={m.common.actions.more}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="var(--state-bad)" onClick={() => setAsked("end")}>
            {words.end}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <StepDialog {...dialog} step="pause" isOpen={asked === "pause"} />
      <StepDialog {...dialog} step="resume" isOpen={asked === "resume"} />
      <StepDialog {...dialog} step="end" isOpen={asked === "end"} />
    </>
  );
}

interface DialogProps {
  recurring: Recurring;
  step: Step;
  isOpen: boolean;
  onClose: () => void;
}

function StepDialog({ recurring, step, isOpen, onClose }: DialogProps) {
  const { m, locale } = useLanguage();
  const words = m.recurring.ask;
  const notify = useToast();
  const command = useStep(recurring.id, step);
  const next = useQuery({ ...upcomingQuery(recurring.id), enabled: isOpen && step === "resume" });
  const texts = {
    pause: { title: words.pauseTitle, body: words.pauseBody, done: words.paused },
    resume: { title: words.resumeTitle, body: words.resumeBody, done: words.resumed },
    end: { title: words.endTitle, body: words.endBody, done: words.ended },
  }[step];
  const close = () => {
    command.reset();
    onClose();
  };
  const confirm = () =>
    command.mutate(undefined, {
      onSuccess: () => {
        notify({ tone: "good", text: texts.done });
        close();
      },
    });
  const first = next.data?.items[0];
  const { next_on: day, currency } = recurring;
  const follows =
    step === "resume"
      ? first &&
        words.resumeNext(formatDay(first.on, locale), formatMoney(first.total_minor, currency, locale))
      : day && words.pauseSkips(formatDay(day, locale));
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={texts.title}
      action={m.recurring.one[step]}
      tone={step === "end" ? "danger" : "normal"}
      isReady={step !== "resume" || !next.isLoading}
      isPending={command.isPending}
      error={command.error}
      onConfirm={confirm}
      onClose={close}
    >
      <CommandError error={next.error} />
      <Consequences lines={[follows ?? null, texts.body]} />
    </ConfirmDialog>
  );
}
