/** The mail that the text makes, with a customer's own account, and the same sent to oneself. */
import { Button, SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan } from "@/api/me";
import { customerQuery, useCustomerSearch } from "@/api/customer-search";
import type { TemplatePreview as Mail, TemplatePreviewInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Icon } from "@/components/icon";
import { MailFrame } from "@/components/mail-frame";
import { Picker } from "@/components/picker";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import classes from "./templates.module.css";
import { previewQuery, useTryTemplate } from "./templates-api";
import type { Writing } from "./use-writing";

type Look = "html" | "text" | "phone";

export function TemplatePreview({ writing }: { writing: Writing }) {
  const { m } = useLanguage();
  const words = m.templates;
  const { query } = useUrlState();
  const mayTry = useCan("collector");
  const customerId = query.get("customer");
  const input = { ...writing.text, language: writing.place.language, customer_id: customerId };
  const preview = useQuery({
    ...previewQuery(writing.place.id, JSON.stringify(input)),
    enabled: mayTry && writing.isSound,
    placeholderData: keepPreviousData,
  });
  if (!mayTry) return null;
  const isWrong = writing.problems.length > 0;
  const isStale = !isWrong && (!writing.isSound || preview.isPlaceholderData || preview.isFetching);
  return (
    <section className={classes.preview} aria-label={words.preview}>
      <h2 className={classes.previewHead}>
        {words.preview}
        <span role="status">{isWrong ? words.previewWaits : isStale ? words.previewStale : ""}</span>
      </h2>
      <CustomerOf customerId={customerId} />
      <Trial input={input} id={writing.place.id} isReady={writing.isSound} />
      <CommandError error={preview.error} />
      {preview.data === undefined ? null : (
        <Letter
          mail={preview.data}
          customerId={customerId}
          isStale={isStale || isWrong}
          isPaper={writing.read.purpose === "letter"}
        />
      )}
    </section>
  );
}

/** Whose account fills the text: chosen here, kept in the URL. */
function CustomerOf({ customerId }: { customerId: string | null }) {
  const { m } = useLanguage();
  const words = m.templates;
  const { change } = useUrlState();
  const [search, setSearch] = useState("");
  const found = useCustomerSearch(search);
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const name = customerId === null ? "" : (customer.data?.name ?? "");
  return (
    <div className={classes.customer}>
      <Picker
        label={words.customer}
        placeholder={words.anyCustomer}
        chosenLabel={name}
        options={found.data?.items.map(({ id, name: label, email }) => ({
          value: id,
          label,
          ...(email && { detail: email }),
        }))}
        onSearch={setSearch}
        onChoose={({ value }) => change({ customer: value }, "replace")}
      />
      {customerId === null ? null : (
        <Button variant="default" aria-label={words.nobody} onClick={() => change({ customer: null }, "replace")}>
          <Icon name="close" size={14} />
        </Button>
      )}
    </div>
  );
}

interface LetterProps {
  mail: Mail;
  customerId: string | null;
  isStale: boolean;
  isPaper: boolean;
}

function Letter({ mail, customerId, isStale, isPaper }: LetterProps) {
  const { m } = useLanguage();
  const words = m.templates;
  const [look, setLook] = useState<Look>("html");
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });
  const invented =
    customerId === null ? words.previewExample : words.previewExampleOf(customer.data?.name ?? "");
  const looks = [
    { value: "html", label: words.designed },
    { value: "text", label: words.plain },
    { value: "phone", label: words.phone },
  ] as const;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={words.how}
        value={look}
        onChange={(next) => setLook(next === "text" || next === "phone" ? next : "html")}
        data={[...looks]}
      />
      {mail.is_example ? <p className={classes.soft}>{invented}</p> : null}
      {isPaper ? <p className={classes.soft}>{words.previewOnPaper}</p> : null}
      <p className={classes.subject}>{mail.subject}</p>
      <div className={classes.sheet} data-stale={isStale} data-look={look}>
        {look === "text" ? (
          <pre className={classes.plain}>{mail.text}</pre>
        ) : (
          <MailFrame key={look} html={mail.html} title={words.preview} />
        )}
      </div>
    </>
  );
}

function Trial({ input, id, isReady }: { input: TemplatePreviewInput; id: string; isReady: boolean }) {
  const { m } = useLanguage();
  const words = m.templates;
  const notify = useToast();
  const send = useTryTemplate(id);
  const onSuccess = ({ to }: { to: string }) => notify({ tone: "good", text: words.tested(to) });
  return (
    <>
      <CommandError error={send.error} />
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<Icon name="mail" size={14} />}
          disabled={!isReady}
          loading={send.isPending}
          onClick={() => send.mutate(input, { onSuccess })}
        >
          {words.test}
        </Button>
        <span className={classes.soft}>{words.testHint}</span>
      </div>
    </>
  );
}
