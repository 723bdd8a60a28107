/** The nightly proof: whether the books agree, what differs, and proving them now. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan, useMe } from "@/api/me";
import type { ProofRow } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { EmptyState } from "@/components/empty-state";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";
import { formatPlain } from "@/lib/money";

import { isUnderWay, proofsQuery, useProveNow } from "./books-api";
import { FindingsPanel } from "./findings-panel";
import { PartStates } from "./part-states";
import classes from "./settings.module.css";

const TONES = { waiting: "idle", running: "open", clean: "good", different: "bad" } as const;
const COUNTS = [
  "customers",
  "accounts",
  "entries",
  "invoices",
  "payments",
  "documents",
  "moved",
] as const;

export default function ProofPart() {
  const proofs = useQuery(proofsQuery);
  return (
    <div className={classes.stack}>
      <PartStates query={proofs}>
        {([latest, ...earlier]) => (
          <>
            <Latest proof={latest} />
            {latest === undefined || latest.findings === 0 ? null : (
              <FindingsPanel proofId={latest.id} />
            )}
            {earlier.length === 0 ? null : <Earlier proofs={earlier} />}
          </>
        )}
      </PartStates>
    </div>
  );
}

function Latest({ proof }: { proof: ProofRow | undefined }) {
  const { m } = useLanguage();
  const words = m.books.proofs;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const prove = useProveNow();
  const begin = () =>
    prove.mutate(undefined, { onSuccess: () => notify({ tone: "good", text: words.begun }) });
  const button = (
    <Button
      size="xs"
      variant="default"
      disabled={proof !== undefined && isUnderWay(proof)}
      loading={prove.isPending}
      onClick={begin}
    >
      {words.run}
    </Button>
  );
  return (
    <Panel>
      <div className={classes.above}>
        <p>{words.body}</p>
        {isAdmin ? button : null}
      </div>
      <CommandError error={prove.error} />
      {proof === undefined ? (
        <EmptyState title={words.none} body={words.noneBody} />
      ) : (
        <Facts proof={proof} />
      )}
    </Panel>
  );
}

function Facts({ proof }: { proof: ProofRow }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.books.proofs;
  const counts = COUNTS.filter((name) => (proof.counts[name] ?? 0) > 0);
  return (
    <>
      <div className={classes.verdict} role="status">
        <StateBadge tone={TONES[proof.state]}>{words.states[proof.state]}</StateBadge>
        <span className={classes.soft}>
          {words.startedAt} {formatInstant(proof.started_at, locale, timeZone)} · {words.startedBy}{" "}
          {proof.started_by}
        </span>
      </div>
      <KeyValue
        items={counts.map((name) => [
          words.counts[name],
          formatPlain(String(proof.counts[name] ?? 0), locale),
        ])}
      />
      {(proof.counts.moved ?? 0) > 0 ? <p className={classes.soft}>{words.movedHint}</p> : null}
    </>
  );
}

function Earlier({ proofs }: { proofs: readonly ProofRow[] }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.books.proofs;
  return (
    <Panel title={words.earlier} padding="flush">
      <ul className={classes.rows}>
        {proofs.map((proof) => (
          <li key={proof.id} className={classes.row}>
            <div className={classes.rowWords}>
              {formatInstant(proof.started_at, locale, timeZone)}
              {proof.findings === 0 ? null : (
                <span className={classes.soft}> · {words.findings(proof.findings)}</span>
              )}
            </div>
            <StateBadge tone={TONES[proof.state]}>{words.states[proof.state]}</StateBadge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
