/** The part of the country where the customer works: its holidays count, too. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { regionsQuery } from "@/api/regions";
import { useLanguage } from "@/i18n";

import type { FieldsProps } from "./customer-form-parts";

export function RegionField({ form, change, errorOf }: FieldsProps) {
  const { m, locale } = useLanguage();
  const words = m.customers.edit;
  const regions = useQuery(regionsQuery(form.country));
  const known = (regions.data?.items ?? [])
    .map((one) => ({ value: one.code, label: locale === "es" ? one.name_es : one.name_en }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
  const isStrange = form.region !== "" && known.every(({ value }) => value !== form.region);
  if (known.length === 0 && form.region === "") return null;
  return (
    <NativeSelect
      name="region"
      label={words.region}
      description={words.regionHint}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={errorOf("region")}
      value={form.region}
      data={[
        { value: "", label: words.noRegion },
        ...(isStrange ? [{ value: form.region, label: form.region }] : []),
        ...known,
      ]}
      onChange={({ currentTarget: { value } }) => change({ region: value })}
    />
  );
}
