/** What a change would send, stop and alter on today's book, before anybody confirms it. */
import { Button, Group } from "@mantine/core";

import { useMe } from "@/api/me";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { ErrorState } from "@/components/error-state";
import { useLanguage } from "@/i18n";

import { heldBackText, idleText, sentText } from "./ladder-words";
import classes from "./ladders.module.css";
import type { Simulate } from "./ladders-api";
import { SimulatedList } from "./simulated-list";
import { changed, changedCount, type Tally } from "./tally";
import { type Counting, useTally } from "./use-tally";

interface Confirmation {
  action: string;
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
}

interface Props {
  isOpen: boolean;
  title: string;
  /** A change of a rule, of whose it is, or only a look at what a rule does. */
  what: "rule" | "assignment" | "trial";
  simulate: Simulate | null;
  confirmation?: Confirmation;
  onClose: () => void;
}

export function ChangesDialog({ isOpen, title, simulate, ...props }: Props) {
  return (
    <Dialog isOpen={isOpen} title={title} size="lg" onClose={props.onClose}>
      {simulate === null ? null : <Changes simulate={simulate} {...props} />}
    </Dialog>
  );
}

type ChangesProps = Omit<Props, "isOpen" | "title" | "simulate"> & { simulate: Simulate };

function Changes({ what, simulate, confirmation, onClose }: ChangesProps) {
  const { m } = useLanguage();
  const counting = useTally(simulate);
  const content = <Counted counting={counting} what={what} />;
  if (confirmation === undefined) {
    return (
      <div className={classes.preview}>
        {content}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {m.common.actions.close}
          </Button>
        </Group>
      </div>
    );
  }
  return (
    <DialogForm {...confirmation} isReady={counting.isDone} onClose={onClose}>
      {content}
    </DialogForm>
  );
}

function Counted({ counting, what }: { counting: Counting; what: Props["what"] }) {
  const { m } = useLanguage();
  const { sending_frozen: isFrozen } = useMe();
  const words = m.ladders.changes;
  const { tally, isDone, error, retry } = counting;
  if (error !== null) return <ErrorState error={error} retry={retry} />;
  return (
    <div className={classes.preview} aria-busy={!isDone}>
      <p role="status" className={isDone ? "only-heard" : classes.soft}>
        {isDone ? words.title : words.looking(tally.accounts)}
      </p>
      {isDone ? (
        <>
          {isFrozen ? <p className={classes.warn}>{words.frozen}</p> : null}
          {what === "trial" ? <Trial tally={tally} /> : <Change tally={tally} what={what} />}
        </>
      ) : null}
    </div>
  );
}

function Trial({ tally }: { tally: Tally }) {
  const { m } = useLanguage();
  const words = m.ladders.changes;
  if (tally.accounts === 0) return <p>{words.nobody}</p>;
  return (
    <>
      <Totals rows={[[words.today, tally.before]]} />
      <SimulatedList title={words.listAll} rows={tally.listed} total={tally.listed.length} isTrial />
      <p className={classes.soft}>{words.when}</p>
    </>
  );
}

function Change({ tally, what }: { tally: Tally; what: "rule" | "assignment" }) {
  const { m } = useLanguage();
  const words = m.ladders.changes;
  const { added = 0, dropped = 0, other_step: otherStep = 0, other_form: otherForm = 0 } = tally.changes;
  const count = changedCount(tally);
  if (tally.accounts === 0) return <p>{what === "rule" ? words.nobody : words.noneMoves}</p>;
  return (
    <>
      <Totals
        rows={[
          [words.today, tally.before],
          [words.then, tally.after],
        ]}
      />
      <Consequences
        lines={[
          what === "assignment" ? words.moves(tally.accounts) : null,
          count === 0 ? words.same : null,
          added > 0 ? words.added(added) : null,
          dropped > 0 ? words.dropped(dropped) : null,
          otherStep > 0 ? words.otherStep(otherStep) : null,
          otherForm > 0 ? words.otherForm(otherForm) : null,
          m.ladders.editor.kept,
        ]}
      />
      <SimulatedList title={words.list} rows={changed(tally)} total={count} />
      <p className={classes.soft}>{words.when}</p>
    </>
  );
}

function Totals({ rows }: { rows: readonly (readonly [label: string, totals: Tally["before"]])[] }) {
  const { m } = useLanguage();
  return (
    <dl className={classes.totals}>
      {rows.map(([label, totals]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <p className={classes.sent}>{sentText(totals, m)}</p>
            {[heldBackText(totals, m), idleText(totals, m)].map((text) =>
              text === null ? null : (
                <p key={text} className={classes.soft}>
                  {text}
                </p>
              ),
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
