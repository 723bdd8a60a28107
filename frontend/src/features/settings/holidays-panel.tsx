/** The public holidays that are known of a country and its regions, to be looked at. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { useMe } from "@/api/me";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { countryChoices } from "@/lib/places";

import classes from "./hours.module.css";
import settings from "./settings.module.css";
import { holidaysQuery, regionsQuery } from "./settings-api";

const YEARS_AHEAD = 2;

export function HolidaysPanel({ country: first }: { country: string }) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const words = m.ladders.hours;
  const present = Number(today.slice(0, 4));
  const [country, setCountry] = useState(first);
  const [region, setRegion] = useState("");
  const [year, setYear] = useState(present);
  const countries = useMemo(() => countryChoices(locale), [locale]);
  const regions = useQuery(regionsQuery(country));
  const choices = (regions.data ?? []).map((one) => ({
    value: one.code,
    label: locale === "es" ? one.name_es : one.name_en,
  }));
  const chooseCountry = (code: string) => {
    setCountry(code);
    setRegion("");
  };
  return (
    <Panel title={words.holidays}>
      <p className={settings.above}>{words.holidaysBody}</p>
      <div className={classes.choices}>
        <NativeSelect
          label={words.country}
          value={country}
          data={countries}
          onChange={(event) => chooseCountry(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.region}
          value={region}
          disabled={choices.length === 0}
          data={[{ value: "", label: words.wholeCountry }, ...choices]}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.year}
          value={String(year)}
          data={Array.from({ length: YEARS_AHEAD + 1 }, (_, at) => String(present + at))}
          onChange={(event) => setYear(Number(event.currentTarget.value))}
        />
      </div>
      <Days country={country} region={region} year={year} />
    </Panel>
  );
}

function Days(place: { country: string; region: string; year: number }) {
  const { m, locale } = useLanguage();
  const holidays = useQuery(holidaysQuery(place));
  if (holidays.data === undefined) {
    if (holidays.error === null) return <ListSkeleton rows={4} />;
    return <ErrorState error={holidays.error} retry={() => void holidays.refetch()} />;
  }
  if (holidays.data.length === 0) return <p className={settings.soft}>{m.ladders.hours.noHolidays}</p>;
  return (
    <ul className={classes.holidays} data-stale={holidays.isPlaceholderData}>
      {holidays.data.map(({ on, name_es: spanish, name_en: english }) => (
        <li key={on}>
          <time dateTime={on}>{formatDay(on, locale)}</time>
          <span>{locale === "es" ? spanish : english}</span>
        </li>
      ))}
    </ul>
  );
}
