/** The keys of programs. The secret of a key is shown once, when it is made. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { ApiKeyRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { addDays, dayOf, formatDay, formatInstant } from "@/lib/dates";

import { AREAS, levelsOf, presetOf } from "./key-scopes";
import { NewKeyDialog } from "./new-key-dialog";
import { PartStates } from "./part-states";
import { keysQuery, useRevokeKey } from "./settings-api";
import classes from "./settings.module.css";

export default function KeysPart() {
  const { m } = useLanguage();
  const words = m.settings.key;
  const keys = useQuery(keysQuery);
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)}>
      {words.create}
    </Button>
  );
  return (
    <div className={classes.stack}>
      <PartStates query={keys}>
        {(items) => (
          <Panel padding="flush">
            <div className={classes.lead}>
              <p>
                {words.body} <a href={pages.developers()}>{words.docs}</a>
              </p>
              {make}
            </div>
            {items.length === 0 ? (
              <EmptyState title={words.none} body={words.noneBody} />
            ) : (
              <ul className={classes.rows}>
                {items.map((key) => (
                  <Row key={key.id} apiKey={key} />
                ))}
              </ul>
            )}
          </Panel>
        )}
      </PartStates>
      {isMaking ? <NewKeyDialog onClose={() => setMaking(false)} /> : null}
    </div>
  );
}

function Row({ apiKey }: { apiKey: ApiKeyRow }) {
  const { m } = useLanguage();
  const words = m.settings.key;
  const { state, facts } = useKeyFacts(apiKey);
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <div className={classes.name}>
          {apiKey.name}{" "}
          <StateBadge tone={state === "active" ? "good" : "idle"}>{words[state]}</StateBadge>
        </div>
        <div className={classes.soft}>
          {m.common.user.role[apiKey.role]} · {facts.scopes}
        </div>
        <div className={classes.soft}>
          <span className={classes.code}>{`${apiKey.hint}…`}</span> · {words.created}{" "}
          {facts.created} {words.by(apiKey.created_by)} · {facts.ends} · {facts.used}
        </div>
      </div>
      {apiKey.revoked_at !== null ? null : (
        <div className={classes.rowActions}>
          <Revoke apiKey={apiKey} />
        </div>
      )}
    </li>
  );
}

/** What a key's row says, in words. */
function useKeyFacts(apiKey: ApiKeyRow) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.settings.key;
  const { ends_at: endsAt, used_at: usedAt, scopes } = apiKey;
  const [now] = useState(Date.now);
  const levels = scopes === null ? null : levelsOf(scopes);
  const preset = levels === null ? "all" : presetOf(apiKey.role, levels);
  const named = AREAS.filter((area) => levels !== null && levels[area] !== "none").map(
    (area) => `${words.areas[area]} (${words.levels[levels?.[area] ?? "none"].toLowerCase()})`,
  );
  const isOver = endsAt !== null && Date.parse(endsAt) <= now;
  const state: "revoked" | "ended" | "active" =
    apiKey.revoked_at !== null ? "revoked" : isOver ? "ended" : "active";
  const lastDay = endsAt === null ? null : addDays(dayOf(endsAt, timeZone), -1);
  return {
    state,
    facts: {
      created: formatDay(dayOf(apiKey.created_at, timeZone), locale),
      scopes: preset === null ? named.join(", ") : words.presets[preset],
      ends: lastDay === null ? words.endsNever : words.ends(formatDay(lastDay, locale)),
      used: usedAt === null ? words.neverUsed : words.used(formatInstant(usedAt, locale, timeZone)),
    },
  };
}

function Revoke({ apiKey }: { apiKey: ApiKeyRow }) {
  const { m } = useLanguage();
  const words = m.settings.key;
  const notify = useToast();
  const [isAsking, setAsking] = useState(false);
  const revoke = useRevokeKey();
  const close = () => {
    setAsking(false);
    revoke.reset();
  };
  const confirm = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => notify({ tone: "good", text: words.revokedNow }),
    });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {words.revoke}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.revokeTitle(apiKey.name)}
        action={words.revoke}
        tone="danger"
        isPending={revoke.isPending}
        error={revoke.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{words.revokeBody}</p>
      </ConfirmDialog>
    </>
  );
}
