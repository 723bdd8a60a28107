/** A step on the line: its day, what it is, and the fields to change it when it is open. */
import { ActionIcon, Button } from "@mantine/core";

import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import { type Notation, offsetOf, type Rung, stepOf } from "./draft";
import { detailsOf, stepName, whatOf } from "./ladder-words";
import classes from "./ladders.module.css";
import { StepFields } from "./step-fields";
import { CHANNEL_ICONS } from "./step-strip";

export type RungField = "days" | "fee" | "copy";

export interface StepProps {
  rung: Rung;
  notation: Notation;
  /** The words for what is wrong with a field. */
  flawOf: (field: RungField) => string | null;
  isLocked: boolean;
  /** It has just been added: its first field takes the focus. */
  isNew: boolean;
  change: (rung: Rung) => void;
}

interface Props extends StepProps {
  isClose: boolean;
  isOpen: boolean;
  toggle: () => void;
  /** Null for the last one: a rule has a step at least. */
  remove: (() => void) | null;
}

const FIELDS = ["days", "fee", "copy"] as const;

export function StepItem({ isClose, isOpen, toggle, remove, ...fields }: Props) {
  const { m } = useLanguage();
  const { rung, notation, flawOf, isLocked } = fields;
  const words = m.ladders.editor;
  const offset = offsetOf(rung);
  const step = stepOf(rung, notation);
  const name = stepName(step, m);
  const flaws = FIELDS.map(flawOf).filter((flaw) => flaw !== null);
  return (
    <li className={classes.item} data-open={isOpen}>
      <span className={classes.when}>{offset === null ? words.days : m.ladders.offset(offset)}</span>
      <span className={classes.dot} data-channel={rung.channel}>
        <Icon name={CHANNEL_ICONS[rung.channel]} size={15} />
      </span>
      <div className={classes.card}>
        <div className={classes.cardHead}>
          <div className={classes.cardWords}>
            <div className={classes.cardName}>{whatOf(step, m)}</div>
            <div className={classes.soft}>{detailsOf(step, m, notation)}</div>
          </div>
          {isLocked ? null : (
            <div className={classes.cardActions}>
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={isOpen}
                aria-label={isOpen ? `${words.done}: ${name}` : words.changeStep(name)}
                onClick={toggle}
              >
                {isOpen ? words.done : words.change}
              </Button>
              {remove === null ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={words.removeStep(name)}
                  onClick={remove}
                >
                  <Icon name="trash" size={15} />
                </ActionIcon>
              )}
            </div>
          )}
        </div>
        {isClose ? <p className={classes.hint}>{words.closeTo}</p> : null}
        {isOpen ? <StepFields {...fields} /> : null}
        {!isOpen && flaws.length > 0 ? (
          <p className={classes.flaw} role="alert">
            {flaws.join(" ")}
          </p>
        ) : null}
      </div>
    </li>
  );
}
