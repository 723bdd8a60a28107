/** The groups of fields of the company's settings. */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMemo } from "react";

import { useLanguage } from "@/i18n";
import { carriesWhite, isColour } from "@/lib/colour";
import { COMMON_CURRENCIES } from "@/lib/currencies";
import { countryChoices, currencyName, timeZoneChoices } from "@/lib/places";

import type { CompanyForm } from "./company-fields";
import classes from "./settings.module.css";

interface Props {
  form: CompanyForm;
  isLocked: boolean;
  change: (changes: Partial<CompanyForm>) => void;
  errorOf: (name: keyof CompanyForm) => string | undefined;
}

type TextName = Exclude<keyof CompanyForm, "language">;

function bound({ form, isLocked, change, errorOf }: Props, name: TextName) {
  return {
    name,
    value: form[name],
    disabled: isLocked,
    error: errorOf(name),
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  };
}

export function IdentityFields(props: Props) {
  const { m, locale } = useLanguage();
  const words = m.settings.form;
  const countries = useMemo(() => countryChoices(locale), [locale]);
  return (
    <div className={classes.fields}>
      <TextInput {...bound(props, "name")} className={classes.wide} label={words.name} />
      <TextInput {...bound(props, "tax_id")} label={words.taxId} />
      <NativeSelect {...bound(props, "country")} label={words.country} data={countries} />
      <Textarea {...bound(props, "address")} className={classes.wide} label={words.address} rows={3} />
      <TextInput
        {...bound(props, "iban")}
        className={classes.wide}
        label={words.iban}
        description={words.ibanHint}
      />
      <Textarea
        {...bound(props, "invoice_footer")}
        className={classes.wide}
        label={words.footer}
        rows={3}
      />
    </div>
  );
}

export function ContactFields(props: Props) {
  const { m } = useLanguage();
  const words = m.settings.form;
  return (
    <div className={classes.fields}>
      <TextInput {...bound(props, "email")} type="email" label={words.email} />
      <TextInput {...bound(props, "phone")} type="tel" label={words.phone} />
      <TextInput {...bound(props, "website")} label={words.website} />
      <TextInput
        {...bound(props, "reply_to")}
        type="email"
        label={words.replyTo}
        description={words.replyToHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
      />
    </div>
  );
}

export function LookFields(props: Props) {
  const { m } = useLanguage();
  const words = m.settings.form;
  const { form, isLocked, change } = props;
  const isKnown = isColour(form.accent);
  return (
    <div className={classes.fields}>
      <div>
        <TextInput
          {...bound(props, "accent")}
          label={words.accent}
          description={words.accentHint}
          leftSectionWidth={52}
          leftSection={
            <input
              type="color"
              className={classes.colour}
              aria-label={words.accent}
              disabled={isLocked}
              value={isKnown ? form.accent : "#000000"}
              onChange={(event) => change({ accent: event.currentTarget.value })}
            />
          }
        />
        {isKnown && !carriesWhite(form.accent) ? (
          <p className={classes.weak}>{words.accentWeak}</p>
        ) : null}
      </div>
      <span
        className={classes.sample}
        style={{ background: isKnown ? form.accent : "transparent" }}
        aria-hidden="true"
      >
        {words.sample}
      </span>
    </div>
  );
}

export function DefaultFields(props: Props) {
  const { m, locale } = useLanguage();
  const words = m.settings.form;
  const { form, isLocked, change } = props;
  const zones = useMemo(() => timeZoneChoices(form.time_zone), [form.time_zone]);
  const currencies = [...new Set([...COMMON_CURRENCIES, form.currency])].map((value) => ({
    value,
    label: `${value} · ${currencyName(value, locale)}`,
  }));
  return (
    <div className={classes.fields}>
      <NativeSelect
        label={words.language}
        value={form.language}
        disabled={isLocked}
        onChange={(event) => change({ language: event.currentTarget.value === "en" ? "en" : "es" })}
        data={[
          { value: "es", label: m.common.user.spanish },
          { value: "en", label: m.common.user.english },
        ]}
      />
      <NativeSelect {...bound(props, "currency")} label={words.currency} data={currencies} />
      <TextInput {...bound(props, "terms_days")} label={words.terms} inputMode="numeric" />
      <TextInput {...bound(props, "default_series")} label={words.series} />
      <NativeSelect
        {...bound(props, "time_zone")}
        className={classes.wide}
        label={words.timeZone}
        description={words.timeZoneHint}
        data={zones}
      />
    </div>
  );
}
