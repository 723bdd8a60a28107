/** Whether a text is the original one, and who changed it last. */
import { useMe } from "@/api/me";
import type { TemplateRow } from "@/api/models";
import { useLanguage } from "@/i18n";
import { dayOf, formatDay } from "@/lib/dates";

type Standing = Pick<TemplateRow, "changed_at" | "changed_by" | "is_own" | "segment">;

export function useStanding({ changed_at: at, changed_by: by, is_own: isOwn, segment }: Standing): string {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  if (at === null || by === null) return m.templates.shipped;
  const when = formatDay(dayOf(at, timeZone), locale);
  if (isOwn) return m.templates.changed(by, when);
  return segment === null ? m.templates.wentBack(by, when) : m.templates.followsAll(by, when);
}
