/** What every question about a pause asks for: its last day and its reason. */
import { NativeSelect } from "@mantine/core";

import { useMe } from "@/api/me";
import type { Hold } from "@/api/models";
import { DateField } from "@/components/date-field";
import { useLanguage } from "@/i18n";
import { addDays } from "@/lib/dates";

export type Reason = Hold["reason"];

export const REASONS: readonly Reason[] = [
  "agreed",
  "documents_missing",
  "under_review",
  "credit_note_due",
  "commercial",
  "other",
];
const LONGEST_DAYS = 365;

interface DayProps {
  value: string;
  onChange: (day: string) => void;
  refused: string | null | undefined;
}

export function LastDay({ value, onChange, refused }: DayProps) {
  const { m } = useLanguage();
  const { today } = useMe();
  const wrong = useWrongDay(value);
  return (
    <DateField
      label={m.silence.hold.until}
      value={value}
      min={today}
      max={addDays(today, LONGEST_DAYS)}
      onChange={onChange}
      error={wrong ?? refused}
    />
  );
}

/** Why a day cannot be the last of a pause, or null. */
export function useWrongDay(day: string): string | null {
  const { m } = useLanguage();
  const { today } = useMe();
  if (day === "") return m.common.errors.date;
  if (day < today) return m.silence.hold.past;
  return day > addDays(today, LONGEST_DAYS) ? m.silence.hold.tooFar : null;
}

interface ReasonProps {
  value: Reason;
  onChange: (reason: Reason) => void;
}

export function ReasonField({ value, onChange }: ReasonProps) {
  const { m } = useLanguage();
  return (
    <NativeSelect
      label={m.silence.hold.reason}
      value={value}
      data={REASONS.map((one) => ({ value: one, label: m.silence.reasons[one] ?? one }))}
      onChange={(event) => {
        const chosen = REASONS.find((one) => one === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}
