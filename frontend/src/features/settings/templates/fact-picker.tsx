/** The facts that a text may name, found by name or meaning and inserted where the cursor stands. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Placeholder, Template } from "@/api/models";
import { Picker } from "@/components/picker";
import { useLanguage } from "@/i18n";

import { placeholdersQuery } from "./templates-api";

interface Props {
  purpose: Template["purpose"];
  language: Template["language"];
  onInsert: (name: string) => void;
}

export function FactPicker({ purpose, language, onInsert }: Props) {
  const { m, locale } = useLanguage();
  const words = m.templates;
  const all = useQuery(placeholdersQuery);
  const [search, setSearch] = useState("");
  const options = all.data
    ?.filter((one) => one.purposes.includes(purpose))
    .filter((one) => matches(one, search))
    .map((one) => {
      const name = `{{${language === "es" ? one.name_es : one.name}}}`;
      const meaning = locale === "es" ? one.meaning_es : one.meaning_en;
      return {
        value: name,
        label: name,
        detail: one.may_be_empty ? `${meaning} (${words.notAll})` : meaning,
      };
    });
  return (
    <Picker
      label={words.insert}
      placeholder={words.insertHint}
      chosenLabel=""
      options={options}
      onSearch={setSearch}
      onChoose={({ value }) => onInsert(value)}
    />
  );
}

const plain = (text: string) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("_", " ").toLowerCase();

function matches(one: Placeholder, search: string): boolean {
  const said = [one.name, one.name_es, one.meaning_en, one.meaning_es, one.example_es].join(" ");
  return plain(said).includes(plain(search).trim());
}
