/** One delivery: what is sent, byte for byte, and what was answered at each attempt. */
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan, useMe } from "@/api/me";
import type { WebhookAttempt, WebhookDelivery, WebhookEndpoint } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Dialog } from "@/components/dialog";
import { KeyValue } from "@/components/key-value";
import { StateBadge } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { PartStates } from "../part-states";
import { readable, TONES } from "./deliveries";
import classes from "./webhooks.module.css";
import { deliveryQuery, useReplay } from "./webhooks-api";

interface Props {
  /** Null: none is shown. */
  id: string | null;
  endpoint: WebhookEndpoint;
  onClose: () => void;
}

export function DeliveryDialog({ id, endpoint, onClose }: Props) {
  const words = useLanguage().m.webhooks;
  const nameOf = useTypeName();
  const query = useQuery({ ...deliveryQuery(id ?? ""), enabled: id !== null });
  const type = query.data?.type;
  return (
    <Dialog
      isOpen={id !== null}
      size="lg"
      title={type === undefined ? words.event : nameOf(type)}
      onClose={onClose}
    >
      {id === null ? null : (
        <PartStates query={query}>
          {(delivery) => <Shown delivery={delivery} canReplay={endpoint.enabled} />}
        </PartStates>
      )}
    </Dialog>
  );
}

/** "Payments · Received". */
function useTypeName(): (type: string) => string {
  const { types, groups } = useLanguage().m.webhooks;
  return (type) => {
    const group = groups[type.split(".")[0] ?? ""];
    const name = wordFor(types, type);
    return group === undefined ? name : `${group} · ${name}`;
  };
}

function Shown({ delivery, canReplay }: { delivery: WebhookDelivery; canReplay: boolean }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.webhooks;
  const { next_attempt_at: next, attempt_log: log } = delivery;
  return (
    <div className={classes.delivery}>
      <KeyValue
        items={[
          [
            words.state,
            <span key="state" role="status">
              <StateBadge tone={TONES[delivery.state]}>
                {wordFor(words.deliveryStates, delivery.state)}
              </StateBadge>
            </span>,
          ],
          [words.happened, formatInstant(delivery.happened_at, locale, timeZone)],
          [words.to, <span key="to" className={classes.url}>{delivery.url}</span>],
          [words.id, <code key="id" className={classes.type}>{delivery.event_id}</code>],
        ]}
      />
      <section>
        <h3 className={classes.title}>{words.attempts}</h3>
        {next !== null && delivery.attempts > 0 ? (
          <p className={classes.soft}>{words.again(formatInstant(next, locale, timeZone))}</p>
        ) : null}
        {log.length === 0 ? (
          <p className={classes.soft}>
            {delivery.attempts > 0 ? words.forgotten : words.noAttempts}
          </p>
        ) : (
          <ol className={classes.attempts}>
            {log.map((one) => (
              <Attempt key={one.number} attempt={one} />
            ))}
          </ol>
        )}
      </section>
      <section>
        <h3 className={classes.title}>{words.sent}</h3>
        <pre className={classes.code}>{readable(delivery.body)}</pre>
      </section>
      <Replay delivery={delivery} canReplay={canReplay} />
    </div>
  );
}

function Attempt({ attempt }: { attempt: WebhookAttempt }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.webhooks;
  const facts = [
    formatInstant(attempt.at, locale, timeZone),
    attempt.reason === null ? null : wordFor(words.reasons, attempt.reason),
    attempt.status === null ? null : words.answered(attempt.status),
    words.took(attempt.ms),
  ];
  return (
    <li>
      <div>
        <strong>{words.attempt(attempt.number)}</strong>{" "}
        <span className={classes.soft}>{facts.filter((one) => one !== null).join(" · ")}</span>
      </div>
      {attempt.answer === "" ? null : <pre className={classes.answer}>{attempt.answer}</pre>}
    </li>
  );
}

function Replay({ delivery, canReplay }: { delivery: WebhookDelivery; canReplay: boolean }) {
  const words = useLanguage().m.webhooks;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const replay = useReplay(delivery.id);
  if (!isAdmin || !canReplay || delivery.state === "waiting") return null;
  const done = () => notify({ tone: "good", text: words.replayed });
  return (
    <>
      <CommandError error={replay.error} />
      <Group justify="flex-end">
        <Button
          variant="default"
          loading={replay.isPending}
          onClick={() => replay.mutate(undefined, { onSuccess: done })}
        >
          {words.replay}
        </Button>
      </Group>
    </>
  );
}
