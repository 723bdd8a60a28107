/** One endpoint: what it is told of, its secret, and what became of each event. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { WebhookEndpoint } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import { KeyValue } from "@/components/key-value";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { dayOf, formatDay, formatInstant } from "@/lib/dates";

import { PartStates } from "../part-states";
import { hostOf } from "./deliveries";
import { DeliveryPanel } from "./delivery-panel";
import { EndpointActions, SwitchOn } from "./endpoint-actions";
import { SecretActions } from "./secret-actions";
import classes from "./webhooks.module.css";
import { endpointsQuery } from "./webhooks-api";

export default function EndpointScreen({ id }: { id: string }) {
  const { m } = useLanguage();
  const mayRead = useCan("accountant");
  const query = useQuery({ ...endpointsQuery, enabled: mayRead });
  if (!mayRead) return <EmptyState title={m.settings.adminsOnly} />;
  return (
    <PartStates query={query}>
      {({ items, event_types: types }) => {
        const endpoint = items.find((one) => one.id === id);
        if (endpoint === undefined) return <EmptyState title={m.common.errors.notFoundPage} />;
        return <Shown endpoint={endpoint} types={types} />;
      }}
    </PartStates>
  );
}

function Shown({ endpoint, types }: { endpoint: WebhookEndpoint; types: readonly string[] }) {
  const { m } = useLanguage();
  const words = m.webhooks;
  const isAdmin = useCan("admin");
  return (
    <>
      <PageHeader
        title={endpoint.description ?? hostOf(endpoint.url)}
        crumb={<Link href={pages.settingsPart("webhooks")}>{m.settings.webhooks}</Link>}
        detail={<span className={classes.url}>{endpoint.url}</span>}
        actions={isAdmin ? <EndpointActions endpoint={endpoint} types={types} /> : null}
      />
      <div className={classes.page}>
        <Off endpoint={endpoint} />
        {endpoint.replaying ? <Notice tone="info" title={words.replaying} /> : null}
        <Facts endpoint={endpoint} />
        <DeliveryPanel endpoint={endpoint} />
      </div>
    </>
  );
}

function Off({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.webhooks;
  const isAdmin = useCan("admin");
  const { disabled_at: at, why } = endpoint;
  if (endpoint.enabled || at === null) return null;
  return (
    <Notice
      tone={why === "by_staff" ? "wait" : "warn"}
      title={words.off(formatDay(dayOf(at, timeZone), locale))}
      actions={isAdmin ? <SwitchOn endpoint={endpoint} /> : null}
    >
      <p>
        {why === null ? null : `${wordFor(words.why, why)} `}
        {words.offBody}
      </p>
    </Notice>
  );
}

function Facts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.webhooks;
  const isAdmin = useCan("admin");
  const secrets = endpoint.secrets.map(({ hint, made_at: made, until }) =>
    until === null
      ? words.secretOf(hint, formatDay(dayOf(made, timeZone), locale))
      : words.secretUntil(hint, formatInstant(until, locale, timeZone)),
  );
  return (
    <Panel>
      <KeyValue
        items={[
          [
            words.which,
            endpoint.types === null ? (
              words.everything
            ) : (
              <ul className={classes.types}>
                {endpoint.types.map((type) => (
                  <li key={type}>
                    <code className={classes.type}>{type}</code>
                  </li>
                ))}
              </ul>
            ),
          ],
          [
            words.secret,
            <span key="secret" className={classes.secrets}>
              <span>
                {secrets.map((one) => (
                  <span key={one} className={classes.line}>
                    {one}
                  </span>
                ))}
              </span>
              {isAdmin ? <SecretActions endpoint={endpoint} /> : null}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}
