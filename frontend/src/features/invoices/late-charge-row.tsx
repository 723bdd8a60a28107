/** A claim for lateness: what it came to, and what became of it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { LateCharge } from "@/api/models";
import { Money } from "@/components/money";
import { StateBadge, type Tone } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";
import { formatDay } from "@/lib/dates";

import { Derivation } from "./derivation";
import { InvoiceChargeDialog, WaiveDialog } from "./late-decision-dialogs";
import classes from "./late.module.css";
import { madeOf } from "./made-of";

const TONES: Record<LateCharge["state"], Tone> = { claimed: "open", waived: "idle", invoiced: "good" };

export function ChargeRow({ charge }: { charge: LateCharge }) {
  const { m, locale } = useLanguage();
  const words = m.late;
  const money = useMoney(charge.currency);
  const [from = "", until = ""] = [charge.from_day, charge.until_day].map((day) => formatDay(day, locale));
  const hasDays = charge.segments.length > 0;
  const isLess = charge.state === "claimed" && charge.supported_minor < charge.total_minor;
  return (
    <div className={classes.part}>
      <p className={classes.sum}>
        <span className={classes.named}>
          {hasDays ? words.between(from, until) : words.onDay(until)}
          <StateBadge tone={TONES[charge.state]}>{words.state[charge.state]}</StateBadge>
        </span>
        <Money
          minor={charge.total_minor}
          currency={charge.currency}
          size="strong"
          tone={charge.state === "waived" ? "soft" : "normal"}
        />
      </p>
      <p className={classes.soft}>{madeOf(charge, words, money, locale)}</p>
      {charge.step_id === null || charge.is_unsent ? null : (
        <p className={classes.soft}>{words.byReminder}</p>
      )}
      <Why charge={charge} />
      {isLess ? <p className={classes.missing}>{words.supported(money(charge.supported_minor))}</p> : null}
      {hasDays ? (
        <details className={classes.how}>
          <summary>{words.how}</summary>
          <Derivation
            segments={charge.segments}
            compensationMinor={charge.compensation_minor}
            feeMinor={charge.fee_minor}
            totalMinor={charge.total_minor}
            currency={charge.currency}
          />
        </details>
      ) : null}
      <Next charge={charge} />
    </div>
  );
}

/** Why it was given up: in a person's words, or in ours where the system did it. */
function Why({ charge }: { charge: LateCharge }) {
  const { m } = useLanguage();
  if (charge.is_unsent) return <p className={classes.soft}>{m.late.unsent}</p>;
  if (charge.reason === null) return null;
  return <p className={classes.soft}>{m.changes.quoted(charge.reason)}</p>;
}

function Next({ charge }: { charge: LateCharge }) {
  const { m } = useLanguage();
  const words = m.late;
  const canDecide = useCan("accountant");
  const [asked, setAsked] = useState<"invoice" | "waive" | null>(null);
  const close = () => setAsked(null);
  if (charge.state === "invoiced" && charge.charge_invoice_id !== null) {
    return (
      <p className={classes.acts}>
        <Link href={pages.invoice(charge.charge_invoice_id)}>{words.seeInvoice}</Link>
      </p>
    );
  }
  if (charge.state !== "claimed" || !canDecide) return null;
  return (
    <div className={classes.acts}>
      <Button
        size="xs"
        variant="default"
        disabled={charge.supported_minor === 0}
        onClick={() => setAsked("invoice")}
      >
        {words.invoice}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsked("waive")}>
        {words.waive}
      </Button>
      <InvoiceChargeDialog charge={charge} isOpen={asked === "invoice"} onClose={close} />
      <WaiveDialog charge={charge} isOpen={asked === "waive"} onClose={close} />
    </div>
  );
}
