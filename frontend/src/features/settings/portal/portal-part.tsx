/** What the customer's portal allows: announcing a date, and what the link of a mail opens. */
import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Company } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { withFrozen } from "../company-fields";
import { PartStates } from "../part-states";
import { companyQuery, useSaveCompany } from "../settings-api";
import classes from "../settings.module.css";

const MOST_DAYS = 60;

export default function PortalPart() {
  const company = useQuery(companyQuery);
  return <PartStates query={company}>{(data) => <Form first={data} />}</PartStates>;
}

function isDays(text: string): boolean {
  return /^\d{1,2}$/.test(text.trim()) && Number(text) <= MOST_DAYS;
}

function Form({ first }: { first: Company }) {
  const { m } = useLanguage();
  const words = m.portal.settings;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const save = useSaveCompany();
  const refused = useFieldErrors(save.error);
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [days, setDays] = useState(String(first.portal_promise_days));
  const [scope, setScope] = useState(first.portal_mail_scope);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isDays(days)) return;
    const input = {
      ...withFrozen(read, read.sending_frozen),
      portal_promise_days: Number(days),
      portal_mail_scope: scope,
    };
    save.mutate(
      { input, version: read.version },
      {
        onSuccess: (after) => {
          setRead(after);
          notify({ tone: "good", text: m.settings.saved });
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className={classes.stack} data-locked={!isAdmin}>
      <Panel title={words.promises}>
        <p className={classes.above}>{words.promisesBody}</p>
        <TextInput
          label={words.days}
          description={words.daysHint}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="numeric"
          autoComplete="off"
          maw={320}
          value={days}
          disabled={!isAdmin}
          error={isDays(days) ? refused.get("/portal_promise_days") : words.badDays}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      </Panel>
      <Panel title={words.scope}>
        <Radio.Group
          aria-label={words.scope}
          value={scope}
          onChange={(value) => setScope(value === "invoices" ? "invoices" : "customer")}
        >
          <Stack gap={10}>
            <Radio
              value="customer"
              label={words.scopeCustomer}
              description={words.scopeCustomerBody}
              disabled={!isAdmin}
            />
            <Radio
              value="invoices"
              label={words.scopeInvoices}
              description={words.scopeInvoicesBody}
              disabled={!isAdmin}
            />
          </Stack>
        </Radio.Group>
      </Panel>
      <p className={classes.soft}>
        {words.ways} <Link href={pages.settingsPart("providers")}>{m.settings.providers}</Link>.
      </p>
      <CommandError error={save.error} />
      {isAdmin ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            {m.settings.save}
          </Button>
        </div>
      ) : (
        <p className={classes.soft}>{m.settings.readOnly}</p>
      )}
    </form>
  );
}
