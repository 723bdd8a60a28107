/** Write a recurring invoice, or change one for the invoices to come. */
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";
import { Link, useLocation } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useCan, useMe } from "@/api/me";
import type { Recurring, RecurringInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { PageSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";
import { useUrlState } from "@/lib/url-state";

import { oneQuery, previewQuery, useChangeRecurring, useCreateRecurring } from "./recurring-api";
import { WhatFields, WhenFields } from "./recurring-fields";
import { blankForm, changesOf, formOf, inputOf, type RecurringForm } from "./recurring-form";
import classes from "./recurring.module.css";
import { UpcomingList } from "./upcoming-list";

const PAUSE_MS = 300; // dates for each pause, not for each key

export default function RecurringEditorScreen({ id }: { id?: string }) {
  const { m } = useLanguage();
  const isAllowed = useCan("accountant");
  if (!isAllowed) return <EmptyState title={m.common.errors.forbidden} />;
  return id === undefined ? <NewOne /> : <KnownOne id={id} />;
}

function NewOne() {
  const { m } = useLanguage();
  const me = useMe();
  const { query } = useUrlState();
  const customerId = query.get("customer");
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const create = useCreateRecurring();
  if (customerId !== null && customer.data === undefined) {
    return customer.error ? (
      <ErrorState error={customer.error} retry={() => void customer.refetch()} />
    ) : (
      <PageSkeleton />
    );
  }
  return (
    <Editor
      first={blankForm(me.currency, me.today, customer.data ?? null)}
      title={m.recurring.edit.newTitle}
      action={m.recurring.edit.create}
      done={m.recurring.edit.created}
      hasStarted={false}
      isPending={create.isPending}
      error={create.error}
      send={(input, onSuccess) => create.mutate(input, { onSuccess })}
    />
  );
}

function KnownOne({ id }: { id: string }) {
  const { m, locale } = useLanguage();
  const one = useQuery(oneQuery(id));
  const change = useChangeRecurring(id);
  // What was read when the form opened: a later reread must not pass for it.
  const [read, setRead] = useState<Recurring | null>(null);
  if (one.data !== undefined && read === null) setRead(one.data);
  if (read === null) {
    if (one.error) return <ErrorState error={one.error} retry={() => void one.refetch()} />;
    return <PageSkeleton />;
  }
  const first = formOf(read, locale);
  const send = (input: RecurringInput, onSuccess: (saved: Recurring) => void) => {
    const before = inputOf(first, locale);
    const changes = "input" in before ? changesOf(input, before.input) : input;
    change.mutate({ changes, version: read.version }, { onSuccess });
  };
  return (
    <Editor
      first={first}
      title={m.recurring.edit.title(read.customer_name)}
      action={m.recurring.edit.save}
      done={m.recurring.edit.saved}
      hasStarted={read.runs > 0}
      isPending={change.isPending}
      error={change.error}
      send={send}
    />
  );
}

interface EditorProps {
  first: RecurringForm;
  title: string;
  action: string;
  done: string;
  hasStarted: boolean;
  isPending: boolean;
  error: Error | null;
  send: (input: RecurringInput, onSuccess: (saved: Recurring) => void) => void;
}

function Editor({ title, action, done, hasStarted, isPending, error, send, ...read }: EditorProps) {
  const { m, locale } = useLanguage();
  const words = m.recurring.edit;
  const notify = useToast();
  const [, navigate] = useLocation();
  const [form, setForm] = useState(read.first);
  const [tried, setTried] = useState(0);
  const frame = useRef<HTMLFormElement>(null);
  const refused = useFieldErrors(error);
  useFocusFirstError(frame, tried > 0 ? (error ?? tried) : null);
  const result = inputOf(form, locale);
  const texts = { ...m.common.errors, ...m.invoices.editor, ...words };
  const errorAt = (pointer: string) => {
    const flaw = tried > 0 && "flaws" in result ? result.flaws.get(pointer) : undefined;
    return flaw === undefined ? refused.get(pointer) : texts[flaw];
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if ("flaws" in result) return;
    send(result.input, (saved) => {
      notify({ tone: "good", text: done });
      navigate(pages.recurringOne(saved.id), { replace: true });
    });
  };
  const fields = {
    form,
    errorAt,
    hasStarted,
    change: (part: Partial<RecurringForm>) => setForm({ ...form, ...part }),
  };
  return (
    <>
      <PageHeader title={title} crumb={<Link href={pages.recurring}>{m.recurring.title}</Link>} />
      <form ref={frame} onSubmit={submit} noValidate className={classes.columns}>
        <div className={classes.column}>
          <Panel title={words.who}>
            <WhatFields {...fields} />
          </Panel>
          <Panel title={words.when}>
            <WhenFields {...fields} />
          </Panel>
        </div>
        <div className={classes.aside}>
          <Dates input={"input" in result ? result.input : null} />
          <CommandError error={error} />
          <div className={classes.buttons}>
            <Button type="submit" loading={isPending}>
              {action}
            </Button>
            <Button component={Link} href={pages.recurring} variant="default">
              {m.common.actions.cancel}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}

/** The next dates of what is written, from the server: it knows the working days and the terms. */
function Dates({ input }: { input: RecurringInput | null }) {
  const { m } = useLanguage();
  const words = m.recurring.edit;
  const text = input === null ? null : JSON.stringify(input);
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const preview = useQuery({ ...previewQuery(asked ?? ""), enabled: asked !== null });
  const isStale = asked !== text || preview.isPlaceholderData;
  const shown = text === null ? undefined : preview.data;
  return (
    <Panel title={words.preview} padding="flush">
      {shown === undefined ? (
        <p className={classes.quiet}>{words.previewEmpty}</p>
      ) : (
        <div className={isStale ? classes.stale : undefined} aria-live="polite">
          <UpcomingList upcoming={shown} />
        </div>
      )}
    </Panel>
  );
}
