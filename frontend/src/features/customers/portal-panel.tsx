/** How the customer reaches its portal: the links there are, and what it asks for there. */
import { Button, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { Customer, PortalLinkRow } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { ErrorState } from "@/components/error-state";
import { onDemand } from "@/components/on-demand";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";
import { dayOf, formatDay } from "@/lib/dates";
import { linksOf, useMakeLink } from "@/portal-links/portal-links-api";

import classes from "./customer.module.css";
import { EmailRequests } from "./email-requests";

const PortalLinkDialog = onDemand(() => import("@/portal-links/link-dialog").then((one) => one.PortalLinkDialog));
const RevokeLinkDialog = onDemand(() => import("@/portal-links/revoke-dialogs").then((one) => one.RevokeLinkDialog));
const RevokeLinksDialog = onDemand(() => import("@/portal-links/revoke-dialogs").then((one) => one.RevokeLinksDialog));

const AT_FIRST = 4;

export function PortalPanel({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const links = useQuery(linksOf(customer.id));
  const canChase = useCan("collector");
  const words = m.portal.panel;
  return (
    <Panel title={words.title} aside={canChase ? <Make customer={customer} /> : null} padding="flush">
      <EmailRequests customer={customer} />
      {links.error ? (
        <div className={classes.inset}>
          <ErrorState error={links.error} retry={() => void links.refetch()} />
        </div>
      ) : null}
      {links.data ? <Links customer={customer} links={links.data.filter(isForCustomer)} /> : null}
    </Panel>
  );
}

/** What staff looked at themselves opens for minutes and is nobody's way in. */
function isForCustomer({ purpose }: PortalLinkRow): boolean {
  return purpose !== "view";
}

function Make({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {m.portal.panel.make}
      </Button>
      <PortalLinkDialog customer={customer} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function View({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const words = m.portal.panel;
  const make = useMakeLink(customer.id);
  const look = () =>
    make.mutate(
      { view: true },
      { onSuccess: ({ url }) => void window.open(url, "_blank", "noopener") },
    );
  return (
    <>
      <Tooltip label={words.viewHint}>
        <Button size="xs" variant="default" loading={make.isPending} onClick={look}>
          {words.view}
        </Button>
      </Tooltip>
      <CommandError error={make.error} />
    </>
  );
}

function Links({ customer, links }: { customer: Customer; links: readonly PortalLinkRow[] }) {
  const { m } = useLanguage();
  const words = m.portal.panel;
  const canChase = useCan("collector");
  const [isAll, setAll] = useState(false);
  const [isRevoking, setRevoking] = useState(false);
  const [now] = useState(() => Date.now());
  const shown = isAll ? links : links.slice(0, AT_FIRST);
  const live = links.filter((link) => isLive(link, now));
  return (
    <>
      {links.length === 0 ? <p className={classes.quiet}>{words.none}</p> : null}
      <ul className={classes.rows}>
        {shown.map((link) => (
          <Row key={link.id} customer={customer} link={link} now={now} />
        ))}
      </ul>
      <div className={classes.answers}>
        {links.length > shown.length ? (
          <Button size="xs" variant="default" onClick={() => setAll(true)}>
            {words.more} ({links.length})
          </Button>
        ) : null}
        {canChase && live.length > 1 ? (
          <Button size="xs" variant="default" onClick={() => setRevoking(true)}>
            {words.revokeAll}
          </Button>
        ) : null}
        {canChase ? <View customer={customer} /> : null}
      </div>
      <RevokeLinksDialog customer={customer} isOpen={isRevoking} onClose={() => setRevoking(false)} />
    </>
  );
}

function isLive(link: PortalLinkRow, now: number): boolean {
  return link.revoked_at === null && Date.parse(link.expires_at) > now;
}

interface RowProps {
  customer: Customer;
  link: PortalLinkRow;
  now: number;
}

function Row({ customer, link, now }: RowProps) {
  const { m, locale } = useLanguage();
  const { time_zone: zone } = useMe();
  const words = m.portal.panel;
  const canChase = useCan("collector");
  const [isRevoking, setRevoking] = useState(false);
  const day = (instant: string) => formatDay(dayOf(instant, zone), locale);
  const isOn = isLive(link, now);
  const ends = link.revoked_at === null ? (isOn ? words.until : words.over) : words.ended;
  const details = [
    link.name === customer.name ? null : link.name,
    link.invoice_ids.length > 0 ? words.some(link.invoice_ids.length) : null,
    ends(day(link.revoked_at ?? link.expires_at)),
    link.last_seen_at === null ? words.never : words.seen(day(link.last_seen_at)),
  ];
  return (
    <li className={classes.rest}>
      <span className={classes.restTitle}>{wordFor(words.purpose, link.purpose)}</span>
      <span className={classes.rowDetail}>{day(link.created_at)}</span>
      <span className={classes.rowDetail}>{details.filter(Boolean).join(" · ")}</span>
      {isOn && canChase ? (
        <span className={classes.restAction}>
          <Button size="xs" variant="default" onClick={() => setRevoking(true)}>
            {words.revoke}
          </Button>
          <RevokeLinkDialog
            customerId={customer.id}
            link={link}
            isOpen={isRevoking}
            onClose={() => setRevoking(false)}
          />
        </span>
      ) : null}
    </li>
  );
}
