/** The groups of fields of a customer's form. */
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMemo } from "react";

import { useCan } from "@/api/me";
import { MoneyField } from "@/components/money-field";
import { useLanguage, wordFor } from "@/i18n";
import { RegionField } from "./region-field";
import { COMMON_CURRENCIES } from "@/lib/currencies";
import { countryChoices, currencyName, timeZoneChoices } from "@/lib/places";

import type { CustomerFormState } from "./customer-fields";
import classes from "./customer-form.module.css";

export interface FieldsProps {
  form: CustomerFormState;
  change: (changes: Partial<CustomerFormState>) => void;
  errorOf: (name: keyof CustomerFormState) => string | undefined;
}

type TextName = Exclude<keyof CustomerFormState, "language" | "type" | "contacts">;

/** What any of these fields needs: its value, its change and what is wrong with it. */
export function bound({ form, change, errorOf }: FieldsProps, name: TextName) {
  return {
    name,
    value: form[name],
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  };
}

const TYPES = ["business", "consumer", "public"] as const;

export function IdentityFields(props: FieldsProps) {
  const { m, locale } = useLanguage();
  const words = m.customers.edit;
  const countries = useMemo(() => countryChoices(locale), [locale]);
  return (
    <div className={classes.fields}>
      <TextInput
        {...bound(props, "name")}
        label={words.name}
        description={words.nameHint}
        required
        withAsterisk={false}
        data-wide
        autoFocus={props.form.name === ""}
        autoComplete="off"
      />
      <NativeSelect
        label={words.type}
        description={words.typeHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={props.form.type}
        data={TYPES.map((value) => ({ value, label: wordFor(m.customers.one.types, value) }))}
        onChange={({ currentTarget: { value } }) =>
          props.change({ type: TYPES.find((one) => one === value) ?? "business" })
        }
        data-wide
      />
      <TextInput {...bound(props, "tax_id")} label={words.taxId} autoComplete="off" />
      <TextInput {...bound(props, "code")} label={words.code} autoComplete="off" />
      <NativeSelect
        {...bound(props, "country")}
        label={words.country}
        data={countries}
        onChange={({ currentTarget: { value } }) => props.change({ country: value, region: "" })}
      />
      <Textarea {...bound(props, "address")} label={words.address} rows={3} data-wide />
    </div>
  );
}

export function ContactFields(props: FieldsProps) {
  const { m } = useLanguage();
  const words = m.customers.edit;
  const { form, change } = props;
  const zones = useMemo(() => timeZoneChoices(form.time_zone), [form.time_zone]);
  return (
    <div className={classes.fields}>
      <TextInput
        {...bound(props, "email")}
        type="email"
        label={words.email}
        description={words.emailHint}
        data-wide
        autoComplete="off"
      />
      <TextInput {...bound(props, "phone")} type="tel" label={words.phone} autoComplete="off" />
      <NativeSelect
        label={words.language}
        value={form.language}
        onChange={(event) => change({ language: event.currentTarget.value === "en" ? "en" : "es" })}
        data={[
          { value: "es", label: m.common.user.spanish },
          { value: "en", label: m.common.user.english },
        ]}
      />
      <NativeSelect
        {...bound(props, "time_zone")}
        label={words.timeZone}
        description={words.timeZoneHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={zones}
      />
      <RegionField {...props} />
    </div>
  );
}

export function TermsFields(props: FieldsProps) {
  const { m, locale } = useLanguage();
  const words = m.customers.edit;
  const canLimit = useCan("accountant");
  const present = props.form.currency;
  const currencies = [...new Set([...COMMON_CURRENCIES, present])].map((value) => ({
    value,
    label: `${value} · ${currencyName(value, locale)}`,
  }));
  return (
    <div className={classes.fields}>
      <NativeSelect {...bound(props, "currency")} label={words.currency} data={currencies} />
      <TextInput
        {...bound(props, "terms_days")}
        label={words.termsDays}
        description={words.termsHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="numeric"
      />
      <MoneyField
        label={words.creditLimit}
        description={canLimit ? words.creditLimitHint : words.creditLimitForbidden}
        inputWrapperOrder={["label", "input", "description", "error"]}
        currency={present}
        value={props.form.credit_limit}
        error={props.errorOf("credit_limit")}
        disabled={!canLimit}
        onChange={(text) => props.change({ credit_limit: text })}
      />
      <TextInput {...bound(props, "segment")} label={words.segment} autoComplete="off" />
      <Textarea
        {...bound(props, "notes")}
        label={words.notes}
        description={words.notesHint}
        rows={3}
        data-wide
      />
    </div>
  );
}
