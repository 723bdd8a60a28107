/** Which systems are told what happens. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { WebhookEndpoint } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import { Icon } from "@/components/icon";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import { PartStates } from "../part-states";
import settings from "../settings.module.css";
import { EndpointDialog } from "./endpoint-dialog";
import { endpointsQuery } from "./webhooks-api";

export default function WebhooksPart() {
  const { m } = useLanguage();
  const words = m.webhooks;
  const isAdmin = useCan("admin");
  const query = useQuery(endpointsQuery);
  const [isAdding, setAdding] = useState(false);
  const add = isAdmin ? (
    <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
      {words.create}
    </Button>
  ) : null;
  return (
    <div className={settings.stack}>
      <PartStates query={query}>
        {({ items, event_types: types }) => (
          <>
            <Panel padding="flush">
              <div className={settings.lead}>
                <p>{words.body}</p>
                {add}
              </div>
              {items.length === 0 ? (
                <EmptyState title={words.none} body={words.noneBody} />
              ) : (
                <ul className={settings.rows}>
                  {items.map((endpoint) => (
                    <Row key={endpoint.id} endpoint={endpoint} />
                  ))}
                </ul>
              )}
            </Panel>
            {isAdding ? <EndpointDialog types={types} onClose={() => setAdding(false)} /> : null}
          </>
        )}
      </PartStates>
    </div>
  );
}

function Row({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const { description, url, enabled, types, why } = endpoint;
  const about = [
    description === null ? null : url,
    types === null ? words.everything : words.whichCount(types.length),
    why === null ? null : wordFor(words.why, why),
  ];
  return (
    <li className={settings.row}>
      <div className={settings.rowWords}>
        <div className={settings.name}>
          <Link href={pages.webhook(endpoint.id)}>{description ?? url}</Link>{" "}
          <StateBadge tone={enabled ? "good" : why === "by_staff" ? "idle" : "bad"}>
            {enabled ? words.states.enabled : words.states.disabled}
          </StateBadge>
        </div>
        <div className={settings.soft}>{about.filter((one) => one !== null).join(" · ")}</div>
      </div>
    </li>
  );
}
