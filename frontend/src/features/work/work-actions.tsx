/** What can be done about a work item, at once from the list. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { WorkItemRow } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { MailDecision } from "@/mails/mail-decision";

import { FinishDialog } from "./finish-dialog";
import { useReplay } from "./work-api";
import { customerPage, targetOf } from "./work-target";
import classes from "./work.module.css";

const FATES: Readonly<Partial<Record<string, "unknown" | "refused">>> = {
  send_uncertain: "unknown",
  send_refused: "refused",
};

export function WorkActions({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const canWork = useCan("collector");
  const [isFinishing, setFinishing] = useState(false);
  if (!canWork) return null;
  const fate = FATES[item.what];
  const { customer_id: customerId, message_id: messageId } = item;
  return (
    <div className={classes.actions}>
      {fate !== undefined && customerId !== null && messageId !== null ? (
        <MailDecision customerId={customerId} messageId={messageId} fate={fate} />
      ) : null}
      {item.what in m.work.goTo ? <GoTo item={item} /> : <MoneyAction item={item} />}
      <AddressAction item={item} />
      {item.can_replay ? <Replay item={item} /> : null}
      <Button size="xs" variant="default" data-finish onClick={() => setFinishing(true)}>
        {m.work.finish}
      </Button>
      <FinishDialog item={item} isOpen={isFinishing} onClose={() => setFinishing(false)} />
    </div>
  );
}

/** To where it is settled, by its own name. */
function GoTo({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const target = targetOf(item);
  if (target === null) return null;
  return (
    <Button component={Link} href={target} size="xs">
      {wordFor(m.work.goTo, item.what)}
    </Button>
  );
}

function MoneyAction({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const isAccountant = useCan("accountant");
  if (item.payment_id === null || !isAccountant) return null;
  return (
    <Button component={Link} href={pages.payment(item.payment_id)} size="xs">
      {customerPage(item) === null ? m.work.assign : m.work.allocate}
    </Button>
  );
}

function AddressAction({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const customer = customerPage(item);
  if (customer === null || item.customer_id === null) return null;
  if (item.what === "no_address") {
    return (
      <Button component={Link} href={pages.customerEdit(item.customer_id)} size="xs">
        {m.work.addAddress}
      </Button>
    );
  }
  if (item.what !== "address_bounced" && item.what !== "address_complained") return null;
  return (
    <Button component={Link} href={customer} size="xs">
      {m.work.fixAddress}
    </Button>
  );
}

function Replay({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const notify = useToast();
  const replay = useReplay(item.key);
  const run = () =>
    replay.mutate(undefined, {
      onSuccess: () => notify({ tone: "good", text: m.work.replayed }),
    });
  return (
    <>
      <Button size="xs" loading={replay.isPending} onClick={run}>
        {m.work.replay}
      </Button>
      <CommandError error={replay.error} />
    </>
  );
}
