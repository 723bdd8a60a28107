/** Whether it is about all that is open or a part of it, and how much then. */
import { useId } from "react";

import { Field } from "../base/field";
import { useAllWords } from "../words";
import classes from "./dispute.module.css";

interface Props {
  most: string;
  isPart: boolean;
  setPart: (isPart: boolean) => void;
  typed: string;
  setTyped: (text: string) => void;
  error: string | null | undefined;
}

export function HowMuch({ most, isPart, setPart, typed, setTyped, error }: Props) {
  const { w } = useAllWords();
  const name = useId();
  return (
    <>
      <fieldset className={classes.how}>
        <legend>{w.dispute.how}</legend>
        <label>
          <input type="radio" name={name} checked={!isPart} onChange={() => setPart(false)} />
          {w.dispute.whole(most)}
        </label>
        <label>
          <input type="radio" name={name} checked={isPart} onChange={() => setPart(true)} />
          {w.dispute.part}
        </label>
      </fieldset>
      {isPart ? (
        <Field label={w.dispute.amount} hint={w.dispute.tooMuch(most)} error={error}>
          {(worn) => (
            <input
              {...worn}
              inputMode="decimal"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
