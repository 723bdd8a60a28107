/** The company: who it is on documents, how it writes, and whether anything goes out at all. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useRef, useState } from "react";

import { useCan } from "@/api/me";
import type { Company } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { useFocusFirstError } from "@/lib/first-error";

import { type CompanyForm, formOf, inputOf, isSameForm, wrongIn } from "./company-fields";
import { ContactFields, DefaultFields, IdentityFields, LookFields } from "./company-form-parts";
import { LogoPanel } from "./logo-panel";
import { PartStates } from "./part-states";
import { SendingPanel } from "./sending-panel";
import { companyQuery, useSaveCompany } from "./settings-api";
import classes from "./settings.module.css";

export default function CompanyPart() {
  const company = useQuery(companyQuery);
  return (
    <PartStates query={company}>
      {(data) => (
        <div className={classes.stack}>
          <SendingPanel company={data} />
          <LogoPanel name={data.name} />
          <Settings first={data} isFrozen={data.sending_frozen} />
        </div>
      )}
    </PartStates>
  );
}

function Settings({ first, isFrozen }: { first: Company; isFrozen: boolean }) {
  const { m } = useLanguage();
  const words = m.settings.form;
  const notify = useToast();
  const isAdmin = useCan("admin");
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [form, setForm] = useState(() => formOf(first));
  const [tried, setTried] = useState(0);
  const save = useSaveCompany();
  const refused = useFieldErrors(save.error);
  const frame = useRef<HTMLFormElement>(null);
  const wrong = wrongIn(form);
  useFocusFirstError(frame, tried > 0 ? (save.error ?? tried) : null);
  // Freezing and the logo are changes of their own beside this form: they move the version on, and
  // nothing that stands in it.
  if (first.version > read.version && isSameForm(formOf(first), formOf(read))) setRead(first);
  const saved = (after: Company) => {
    setRead(after);
    setForm(formOf(after));
    notify({ tone: "good", text: m.settings.saved });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(tried + 1);
    if (Object.keys(wrong).length > 0) return;
    save.mutate({ input: inputOf(form, isFrozen), version: read.version }, { onSuccess: saved });
  };
  const parts = {
    form,
    isLocked: !isAdmin,
    change: (changes: Partial<CompanyForm>) => setForm({ ...form, ...changes }),
    errorOf: (name: keyof CompanyForm) => {
      const mine = tried > 0 ? wrong[name] : undefined;
      return mine ? words[mine] : refused.get(`/${name}`);
    },
  };
  return (
    <form
      ref={frame}
      onSubmit={submit}
      noValidate
      className={classes.stack}
      data-locked={!isAdmin}
    >
      <Panel title={words.identity}>
        <IdentityFields {...parts} />
      </Panel>
      <Panel title={words.contact}>
        <ContactFields {...parts} />
      </Panel>
      <Panel title={words.look}>
        <LookFields {...parts} />
      </Panel>
      <Panel title={words.defaults}>
        <DefaultFields {...parts} />
      </Panel>
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
