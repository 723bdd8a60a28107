/** The small pieces that the screens are made of. They fetch nothing. */
import type { ReactNode } from "react";

import { formatMoney } from "@/lib/money";
import { type Failure, failureText, refusalText } from "@/lib/failures";

import { useWords } from "../words";
import { Button } from "./button";
import classes from "./parts.module.css";

export type Tone = "idle" | "good" | "warn" | "bad";

const named = (...names: (string | undefined | false)[]) => names.filter(Boolean).join(" ");

export function Card({ children }: { children: ReactNode }) {
  return <section className={named(classes.card, classes.stack)}>{children}</section>;
}

export function Stack({ children }: { children: ReactNode }) {
  return <div className={classes.stack}>{children}</div>;
}

export function Actions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}

export function Soft({ children }: { children: ReactNode }) {
  return <p className={named(classes.soft, classes.small)}>{children}</p>;
}

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={named(classes.badge, classes[tone])}>{children}</span>;
}

export function Money({ minor, currency }: { minor: number; currency: string }) {
  const { locale } = useWords();
  return <span className={classes.money}>{formatMoney(minor, currency, locale)}</span>;
}

/** Said once when it appears, and left to be read. */
export function Notice({ tone = "idle", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className={named(classes.notice, classes[tone])} role={tone === "bad" ? "alert" : "status"}>
      {children}
    </div>
  );
}

export interface FactLine {
  label: string;
  value: ReactNode;
  isSum?: boolean;
}

export function Facts({ lines }: { lines: readonly (FactLine | null)[] }) {
  return (
    <dl className={classes.facts}>
      {lines.map((line) =>
        line === null ? null : (
          <div key={line.label} className={named(classes.fact, line.isSum && classes.sum)}>
            <dt>{line.label}</dt>
            <dd>{line.value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** The shape of what is coming. */
export function Bones({ heights }: { heights: readonly number[] }) {
  const { w } = useWords();
  return (
    <div className={classes.stack} aria-busy="true">
      <span className="only-heard">{w.shell.loading}</span>
      {heights.map((height, index) => (
        <div key={index} className={classes.bone} style={{ height }} />
      ))}
    </div>
  );
}

/** What could not be read: why, the reference, and a retry. */
export function Failed({ error, retry }: { error: Failure; retry: () => void }) {
  const { w } = useWords();
  return (
    <Card>
      <div role="alert" className={classes.stack}>
        <h1 tabIndex={-1}>{w.errors.title}</h1>
        <p>{failureText(error, w.errors)}</p>
        {error.requestId ? (
          <p className={classes.reference}>
            {w.errors.reference}: {error.requestId}
          </p>
        ) : null}
      </div>
      <Actions>
        <Button kind="main" onClick={retry}>
          {w.errors.retry}
        </Button>
      </Actions>
    </Card>
  );
}

/** Why a change was refused, beside its button. */
export function Refused({ error }: { error: Failure | null }) {
  const { w } = useWords();
  if (error === null) return null;
  return <Notice tone="bad">{refusalText(error, w.errors)}</Notice>;
}
