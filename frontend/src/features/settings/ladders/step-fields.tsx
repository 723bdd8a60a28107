/** The fields of one step. What does not apply to it is not shown. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";

import { MoneyField } from "@/components/money-field";
import { useLanguage, wordFor } from "@/i18n";

import { byChannel, canCharge, type Channel, templatesFor, type Tone } from "./draft";
import classes from "./ladders.module.css";
import type { StepProps } from "./step-item";

const CHANNELS: readonly Channel[] = ["email", "letter", "call"];
const TONES: readonly Tone[] = ["friendly", "neutral", "firm"];

export function StepFields(props: StepProps) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const { rung, flawOf, isNew, change } = props;
  const isLate = canCharge(rung);
  return (
    <div className={classes.fields}>
      <TextInput
        label={words.days}
        autoFocus={isNew}
        inputMode="numeric"
        autoComplete="off"
        value={rung.days}
        error={flawOf("days")}
        onChange={(event) => change({ ...rung, days: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.side}
        value={rung.side}
        data={[
          { value: "before", label: words.sideBefore },
          { value: "after", label: words.sideAfter },
        ]}
        onChange={({ currentTarget: { value } }) =>
          change({ ...rung, side: value === "before" ? "before" : "after" })
        }
      />
      <Wording {...props} />
      {rung.channel === "email" ? (
        <TextInput
          className={classes.wide}
          label={words.copy}
          description={words.copyHint}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="off"
          value={rung.copy}
          error={flawOf("copy")}
          onChange={(event) => change({ ...rung, copy: event.currentTarget.value })}
        />
      ) : null}
      {isLate ? <Charges {...props} /> : null}
      <Checkbox
        className={classes.wide}
        label={words.approval}
        checked={rung.approves}
        onChange={(event) => change({ ...rung, approves: event.currentTarget.checked })}
      />
    </div>
  );
}

function Wording({ rung, change }: StepProps) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  const isCall = rung.channel === "call";
  return (
    <>
      <NativeSelect
        label={words.channel}
        value={rung.channel}
        data={CHANNELS.map((value) => ({ value, label: wordFor(m.words.channel, value) }))}
        onChange={({ currentTarget: { value } }) =>
          change(byChannel(rung, CHANNELS.find((one) => one === value) ?? "email"))
        }
      />
      <NativeSelect
        label={isCall ? words.callAbout : words.template}
        value={rung.template}
        data={[...new Set([...templatesFor(rung.channel), rung.template])].map((value) => ({
          value,
          label: wordFor(m.words.template, value),
        }))}
        onChange={(event) => change({ ...rung, template: event.currentTarget.value })}
      />
      {isCall ? null : (
        <NativeSelect
          label={words.tone}
          value={rung.tone}
          data={TONES.map((value) => ({ value, label: wordFor(words.tones, value) }))}
          onChange={({ currentTarget: { value } }) =>
            change({ ...rung, tone: TONES.find((one) => one === value) ?? "neutral" })
          }
        />
      )}
    </>
  );
}

function Charges({ rung, notation, flawOf, change }: StepProps) {
  const { m } = useLanguage();
  const words = m.ladders.editor;
  return (
    <>
      <Checkbox
        className={classes.wide}
        label={words.claim}
        description={words.claimHint}
        checked={rung.claims}
        onChange={(event) => change({ ...rung, claims: event.currentTarget.checked })}
      />
      <MoneyField
        label={words.fee}
        description={words.feeHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        currency={notation.currency}
        value={rung.fee}
        error={flawOf("fee")}
        onChange={(fee) => change({ ...rung, fee })}
      />
    </>
  );
}
