/** Send a statement now: who gets it, what goes out, and that it asks for nothing. */
import { useQuery } from "@tanstack/react-query";

import type { Customer, StatementReader } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import type { Period } from "./period";
import { statementQuery, useSendStatement } from "./statements-api";
import classes from "./statement.module.css";

interface Props {
  customer: Customer;
  currency: string;
  period: Period;
  isOpen: boolean;
  onClose: () => void;
}

export function SendDialog({ isOpen, onClose, ...props }: Props) {
  const { m } = useLanguage();
  const send = useSendStatement(props.customer.id);
  const close = () => {
    send.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={m.paper.send.title} onClose={close}>
      <Sending {...props} send={send} onClose={close} />
    </Dialog>
  );
}

interface SendingProps extends Omit<Props, "isOpen"> {
  send: ReturnType<typeof useSendStatement>;
}

function Sending({ customer, currency, period, send, onClose }: SendingProps) {
  const { m, locale } = useLanguage();
  const words = m.paper.send;
  const notify = useToast();
  const statement = useQuery(statementQuery(customer.id, currency, period));
  const readers = statement.data?.readers ?? [];
  const mails = readers.filter((reader) => !reader.is_suppressed).length;
  const confirm = () =>
    send.mutate(
      { currency, from: period.first, to: period.last },
      {
        onSuccess: () => {
          notify({ tone: "good", text: words.done(customer.name) });
          onClose();
        },
      },
    );
  return (
    <DialogForm
      action={words.action}
      isReady={mails > 0}
      isPending={send.isPending}
      error={send.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <CommandError error={statement.error} />
      {statement.data && readers.length === 0 ? <p>{words.nobody}</p> : null}
      {readers.length > 0 ? <Readers readers={readers} /> : null}
      {mails > 0 ? (
        <Consequences
          lines={[
            words.willGo(mails),
            words.covers(formatDay(period.first, locale), formatDay(period.last, locale)),
            words.informs,
          ]}
        />
      ) : null}
    </DialogForm>
  );
}

function Readers({ readers }: { readers: readonly StatementReader[] }) {
  const { m } = useLanguage();
  const words = m.paper.send;
  return (
    <div>
      <p className={classes.label}>{words.readers}</p>
      <ul className={classes.readers}>
        {readers.map((reader) => (
          <li key={reader.to}>
            <span>{reader.to}</span>
            <span className={classes.note}>
              {[
                reader.name,
                reader.copies.length > 0 ? words.copies(reader.copies.join(", ")) : null,
                reader.is_suppressed ? words.suppressed : null,
              ]
                .filter((text) => text !== null)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
