/** Who bounces most: addresses with their customer, and domains. */
import { Link } from "wouter";

import type { DeliverabilityReport } from "@/api/models";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./messages.module.css";

export function Bounced({ addresses, domains }: Pick<DeliverabilityReport, "addresses" | "domains">) {
  const { m } = useLanguage();
  const words = m.mails.report;
  return (
    <div className={classes.column}>
      <Panel title={words.addresses} padding="flush">
        {addresses.length === 0 ? <p className={classes.quiet}>{words.none}</p> : null}
        <ul className={classes.list}>
          {addresses.map(({ address, bounced, customer_id: id, customer_name: name }) => (
            <li key={address}>
              <span className={classes.words}>{address}</span>
              <span>{words.times(bounced)}</span>
              <Link href={pages.customer(id)}>{name}</Link>
            </li>
          ))}
        </ul>
      </Panel>
      {domains.length === 0 ? null : (
        <Panel title={words.domains} padding="flush">
          <ul className={classes.list}>
            {domains.map(({ domain, bounced }) => (
              <li key={domain}>
                <span className={classes.words}>{domain}</span>
                <span>{words.times(bounced)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
