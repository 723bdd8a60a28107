/** Days on which the company is closed, beside public holidays. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { DateField } from "@/components/date-field";
import { FilterChips } from "@/components/filter-chips";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";

import type { HoursProps } from "./hours-part";
import classes from "./hours.module.css";
import settings from "./settings.module.css";

export function DaysOff({ form, isLocked, change, errorOf }: HoursProps) {
  const { m, locale } = useLanguage();
  const words = m.ladders.hours;
  const [day, setDay] = useState("");
  const [isTried, setTried] = useState(false);
  const isThere = form.daysOff.includes(day);
  const add = () => {
    setTried(true);
    if (day === "" || isThere) return;
    change({ daysOff: [...form.daysOff, day].sort() });
    setDay("");
    setTried(false);
  };
  const without = (gone: string) => change({ daysOff: form.daysOff.filter((one) => one !== gone) });
  const missing = isTried && day === "" ? words.badDay : null;
  return (
    <>
      <p className={settings.above}>{words.daysOffBody}</p>
      {form.daysOff.length === 0 ? <p className={settings.soft}>{words.noDaysOff}</p> : null}
      {isLocked ? (
        <ul className={classes.plainDays}>
          {form.daysOff.map((one) => (
            <li key={one}>{formatDay(one, locale)}</li>
          ))}
        </ul>
      ) : (
        <FilterChips
          chips={form.daysOff.map((one) => ({
            key: one,
            label: formatDay(one, locale),
            onRemove: () => without(one),
          }))}
        />
      )}
      {isLocked ? null : (
        <div className={classes.addDay}>
          <DateField
            label={words.dayOff}
            value={day}
            onChange={setDay}
            error={errorOf("daysOff") ?? (isThere ? words.dayTwice : missing)}
          />
          <Button variant="default" onClick={add}>
            {words.addDay}
          </Button>
        </div>
      )}
    </>
  );
}
