/** Who may sign in, and what each may do. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useMe } from "@/api/me";
import type { PersonRow } from "@/api/models";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { useLanguage } from "@/i18n";
import { dayOf, formatDay } from "@/lib/dates";

import { InviteDialog } from "./invite-dialog";
import { PartStates } from "./part-states";
import { PersonActions } from "./person-actions";
import { peopleQuery } from "./settings-api";
import classes from "./settings.module.css";

export default function PeoplePart() {
  const { m } = useLanguage();
  const words = m.settings.person;
  const people = useQuery(peopleQuery);
  const [isInviting, setInviting] = useState(false);
  const invite = (
    <Button
      size="xs"
      leftSection={<Icon name="plus" size={14} />}
      onClick={() => setInviting(true)}
    >
      {words.invite}
    </Button>
  );
  return (
    <div className={classes.stack}>
      <PartStates query={people}>
        {(items) => (
          <Panel padding="flush">
            <div className={classes.lead}>
              <p>{words.body}</p>
              {invite}
            </div>
            <ul className={classes.rows}>
              {items.map((person) => (
                <Row key={person.email} person={person} />
              ))}
            </ul>
          </Panel>
        )}
      </PartStates>
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </div>
  );
}

function Row({ person }: { person: PersonRow }) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const words = m.settings.person;
  const isMe = person.email === me.email;
  const since = formatDay(dayOf(person.created_at, me.time_zone), locale);
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <div className={classes.name}>
          {person.name}
          {isMe ? <span className={classes.soft}> ({words.you})</span> : null}{" "}
          <StateBadge tone={person.active ? "good" : "idle"}>
            {person.active ? words.active : words.inactive}
          </StateBadge>
        </div>
        <div className={classes.soft}>
          {m.common.user.role[person.role]} · {person.email} · {words.since(since)}
        </div>
      </div>
      {isMe ? null : (
        <div className={classes.rowActions}>
          <PersonActions person={person} />
        </div>
      )}
    </li>
  );
}
