/** The steps of a rule at a glance: how and on which day each comes, around the due date. */
import type { Step } from "@/api/models";
import { Icon, type IconName } from "@/components/icon";
import { useLanguage } from "@/i18n";

import { stepName } from "./ladder-words";
import classes from "./ladders.module.css";

export const CHANNEL_ICONS: Record<NonNullable<Step["channel"]>, IconName> = {
  email: "mail",
  letter: "file",
  call: "phone",
};

export function StepStrip({ steps, label }: { steps: readonly Step[]; label: string }) {
  const { m } = useLanguage();
  const firstAfter = steps.findIndex(({ offset_days: offset }) => offset >= 0);
  const due = firstAfter < 0 ? steps.length : firstAfter;
  const chip = (step: Step) => (
    <li key={step.offset_days} className={classes.chip} title={stepName(step, m)}>
      <Icon name={CHANNEL_ICONS[step.channel ?? "email"]} size={14} />
      <span aria-hidden="true">{signed(step.offset_days)}</span>
      <span className="only-heard">{stepName(step, m)}</span>
    </li>
  );
  return (
    <ol className={classes.strip} aria-label={label}>
      {steps.slice(0, due).map(chip)}
      <li className={classes.dueTick} title={m.ladders.editor.due}>
        <span className="only-heard">{m.ladders.editor.due}</span>
      </li>
      {steps.slice(due).map(chip)}
    </ol>
  );
}

function signed(offset: number): string {
  return offset < 0 ? `\u2212${-offset}` : offset === 0 ? "0" : `+${offset}`;
}
