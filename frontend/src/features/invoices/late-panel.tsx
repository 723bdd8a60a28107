/** What lateness costs: what may be claimed by now, derived step by step, and what was claimed. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { Invoice, LateCharges } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";

import { Derivation } from "./derivation";
import { ChargeRow } from "./late-charge-row";
import { ClaimDialog } from "./late-claim-dialog";
import classes from "./late.module.css";
import { lateQuery } from "./late-api";
import { madeOf } from "./made-of";

/** Codes that say that there is nothing to show, rather than that something is missing. */
const SILENT: ReadonlySet<string> = new Set(["nothing_to_claim", "not_owed", "not_for_consumers"]);

export function LatePanel({ invoice }: { invoice: Invoice }) {
  const { today } = useMe();
  const isDue = invoice.due_date !== null && invoice.due_date < today;
  const canBeLate = invoice.number !== null && invoice.state !== "void" && isDue;
  return canBeLate ? <Late invoice={invoice} /> : null;
}

function Late({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const late = useQuery(lateQuery(invoice.id, null));
  if (late.isLoadingError) {
    return (
      <Panel title={m.late.title}>
        <ErrorState error={late.error} retry={() => void late.refetch()} />
      </Panel>
    );
  }
  if (late.data === undefined) return null;
  const { charges, reason_none: reason } = late.data;
  const hasClaim = reason === null || !SILENT.has(reason);
  if (!hasClaim && charges.length === 0) return null;
  return (
    <Panel title={m.late.title}>
      {hasClaim ? <Claimable late={late.data} /> : null}
      {charges.map((charge) => (
        <ChargeRow key={charge.id} charge={charge} />
      ))}
    </Panel>
  );
}

function Claimable({ late }: { late: LateCharges }) {
  const { m, locale } = useLanguage();
  const words = m.late;
  const money = useMoney(late.currency);
  const canClaim = useCan("accountant");
  const [isAsking, setAsking] = useState(false);
  const isMissing = late.missing_half_years.length > 0;
  return (
    <div className={classes.part}>
      <p className={classes.sum}>
        <span>{words.untilToday(late.days)}</span>
        <Money minor={late.total_minor} currency={late.currency} size="strong" />
      </p>
      <p className={classes.soft}>
        {madeOf(late, words, money, locale)}
      </p>
      {isMissing ? (
        <p className={classes.missing}>{m.common.errors.byCode["rate_missing"]}</p>
      ) : null}
      <How late={late} />
      {canClaim ? (
        <div className={classes.acts}>
          <Button size="xs" variant="default" disabled={isMissing} onClick={() => setAsking(true)}>
            {words.claim}
          </Button>
          <ClaimDialog late={late} isOpen={isAsking} onClose={() => setAsking(false)} />
        </div>
      ) : null}
    </div>
  );
}

function How({ late }: { late: LateCharges }) {
  const { m } = useLanguage();
  if (late.segments.length === 0) return null;
  return (
    <details className={classes.how}>
      <summary>{m.late.how}</summary>
      <Derivation
        segments={late.segments}
        compensationMinor={late.compensation_minor}
        totalMinor={late.total_minor}
        currency={late.currency}
      />
    </details>
  );
}
