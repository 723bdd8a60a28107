/** The pre-legal file: which invoices, its progress while it is put together, and where to fetch it. */
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { AgreedInvoice } from "@/agreements/agreements-api";
import { ChosenInvoices, sumOfChosen } from "@/agreements/chosen-invoices";
import { useMe } from "@/api/me";
import type { LegalFile } from "@/api/models";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { ErrorState } from "@/components/error-state";
import { endpoints } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay, formatInstant } from "@/lib/dates";

import classes from "./silence.module.css";
import { fileQuery, filesOf, usePrepareFile } from "./silence-api";

const MOST = 100;
const LONG_MS = 60_000;
const KILOBYTE = 1_000;

interface Props {
  customerId: string;
  name: string;
  currency: string;
  invoices: readonly AgreedInvoice[];
  /** Those that are claimed unless somebody chooses others. */
  overdue: ReadonlySet<string>;
  isOpen: boolean;
  onDone: () => void;
}

export function LegalFileDialog(props: Props) {
  const { m } = useLanguage();
  const command = usePrepareFile(props.customerId, props.currency);
  const close = () => {
    command.reset();
    props.onDone();
  };
  const asked = command.data;
  return (
    <Dialog isOpen={props.isOpen} title={m.silence.file.title(props.name)} onClose={close}>
      {asked ? <Progress file={asked} /> : <Asking {...props} command={command} onDone={close} />}
    </Dialog>
  );
}

type AskingProps = Omit<Props, "isOpen"> & { command: ReturnType<typeof usePrepareFile> };

function Asking({ customerId, currency, invoices, overdue, command, onDone }: AskingProps) {
  const { m } = useLanguage();
  const words = m.silence.file;
  const money = useMoney(currency);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => {
    const claimed = invoices.filter(({ id }) => overdue.has(id));
    return new Set(claimed.slice(0, MOST).map(({ id }) => id));
  });
  const isTooMany = chosen.size > MOST;
  const names = invoices.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  return (
    <>
      <DialogForm
        action={words.prepare}
        isReady={chosen.size > 0 && !isTooMany}
        isPending={command.isPending}
        error={command.error}
        onConfirm={() => command.mutate(names)}
        onClose={onDone}
      >
        <p className={classes.about}>{words.about}</p>
        <ChosenInvoices
          label={words.invoices}
          invoices={invoices}
          currency={currency}
          chosen={chosen}
          change={setChosen}
        />
        <Consequences
          lines={[
            chosen.size > 0 ? words.claims(chosen.size, money(sumOfChosen(invoices, chosen))) : null,
            isTooMany ? words.tooMany(MOST) : null,
            words.nothingSent,
          ]}
        />
      </DialogForm>
      <Earlier customerId={customerId} currency={currency} />
    </>
  );
}

/** Looks again until it is ready; the dialog may be closed meanwhile. */
function Progress({ file }: { file: LegalFile }) {
  const { m } = useLanguage();
  const words = m.silence.file;
  const [since] = useState(() => Date.now());
  const { data, error, refetch, dataUpdatedAt } = useQuery(fileQuery(file.id));
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data?.state === "ready") {
    return (
      <ul className={classes.files}>
        <Ready file={data} isNew />
      </ul>
    );
  }
  return (
    <div role="status">
      <p className={classes.making}>
        <Loader size="sm" />
        {words.making}
      </p>
      {dataUpdatedAt - since > LONG_MS ? <p className={classes.about}>{words.takesLong}</p> : null}
    </div>
  );
}

function Earlier({ customerId, currency }: { customerId: string; currency: string }) {
  const { m } = useLanguage();
  const { data } = useQuery(filesOf(customerId, currency));
  const ready = data?.filter(({ state }) => state === "ready") ?? [];
  if (ready.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>{m.silence.file.earlier}</h3>
      <ul className={classes.files}>
        {ready.map((file) => (
          <Ready key={file.id} file={file} />
        ))}
      </ul>
    </>
  );
}

function Ready({ file, isNew = false }: { file: LegalFile; isNew?: boolean }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.silence.file;
  const size = Math.ceil((file.size_bytes ?? 0) / KILOBYTE);
  const details = [
    words.asOf(formatDay(file.as_of, locale)),
    m.silence.list.invoices(file.invoice_ids.length),
    words.size(size),
    isNew ? null : formatInstant(file.requested_at, locale, timeZone),
    isNew ? null : file.requested_by,
  ];
  return (
    <li className={classes.file}>
      <span>
        {isNew ? <strong role="status">{`${words.ready} · `}</strong> : null}
        <span className={classes.detail}>{details.filter(Boolean).join(" · ")}</span>
      </span>
      <Button
        component="a"
        href={endpoints.legalFileZip(file.id)}
        size="xs"
        variant={isNew ? "filled" : "default"}
      >
        {words.download}
      </Button>
      <span className={classes.hash}>{`${words.fingerprint} ${file.sha256 ?? ""}`}</span>
    </li>
  );
}
