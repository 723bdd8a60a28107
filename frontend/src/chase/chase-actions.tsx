/** What a person may do with the next step of an account: send it now, take that back, skip, let go. */
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import { CommandError } from "@/components/command-error";
import { onDemand } from "@/components/on-demand";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { type NextStep, useSendNow, useTakeBack } from "./chase-api";
import classes from "./chase.module.css";
import { Pause } from "./pause";
import { useSecondsLeft } from "./seconds-left";
import { isAboutAddress, mayBeSent } from "./step-words";

const ApproveDialog = onDemand(() => import("./approve-dialog").then((one) => one.ApproveDialog));
const SkipDialog = onDemand(() => import("./skip-dialog").then((one) => one.SkipDialog));

/** Whose sending was asked for last: its row moves, and the focus goes to the way back with it. */
const justAsked: { account: string | null } = { account: null };

const accountOf = ({ customerId, currency }: NextStep) => `${customerId} ${currency}`;

export function ChaseActions({ step }: { step: NextStep }) {
  const { m } = useLanguage();
  if (!useCan("collector")) return null;
  if (step.sendNowAt !== null) return <Leaving step={step} until={step.sendNowAt} />;
  return (
    <div className={classes.actions}>
      {step.reason === "waits_for_approval" ? <LetGo step={step} /> : null}
      {mayBeSent(step.reason) ? <SendNow step={step} /> : null}
      {step.stepId !== null ? <Skip step={step} /> : null}
      {isAboutAddress(step.reason) ? (
        <Button component={Link} href={pages.customerEdit(step.customerId)} size="xs" variant="default">
          {m.chase.fixAddress}
        </Button>
      ) : null}
      {step.stepId !== null ? <Pause step={step} /> : null}
    </div>
  );
}

function SendNow({ step }: { step: NextStep }) {
  const { m } = useLanguage();
  const notify = useToast();
  const send = useSendNow(step);
  const channel = step.channel ?? "email";
  const run = () =>
    send.mutate(undefined, {
      onSuccess: () => {
        justAsked.account = accountOf(step);
        notify({ tone: "good", text: m.chase.sent[channel] });
      },
    });
  return (
    <>
      <Button size="xs" variant="default" data-send loading={send.isPending} onClick={run}>
        {m.chase.send[channel]}
      </Button>
      <CommandError error={send.error} />
    </>
  );
}

/** The minute in which it can be taken back. It stays until the server says that it has gone. */
function Leaving({ step, until }: { step: NextStep; until: string }) {
  const { m } = useLanguage();
  const notify = useToast();
  const left = useSecondsLeft(until);
  const undo = useTakeBack(step);
  const button = useRef<HTMLButtonElement>(null);
  const account = accountOf(step);
  useEffect(() => {
    if (justAsked.account !== account) return;
    justAsked.account = null;
    button.current?.focus();
  }, [account]);
  const run = () =>
    undo.mutate(undefined, {
      onSuccess: () => notify({ tone: "good", text: m.chase.undone }),
    });
  return (
    <div className={classes.actions}>
      <span className={classes.leaving} role="timer">
        {left === 0 ? m.chase.left : m.chase.leaving(left ?? 60)}
      </span>
      <Button ref={button} size="xs" data-undo loading={undo.isPending} onClick={run}>
        {m.chase.undo}
      </Button>
      <CommandError error={undo.error} />
    </div>
  );
}

function Skip({ step }: { step: NextStep }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" data-skip onClick={() => setOpen(true)}>
        {m.chase.skip.action}
      </Button>
      <SkipDialog step={step} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function LetGo({ step }: { step: NextStep }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" data-approve onClick={() => setOpen(true)}>
        {m.chase.approve.action}
      </Button>
      <ApproveDialog step={step} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
