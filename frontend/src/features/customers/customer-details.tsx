/** Who the customer is and how to reach them. */
import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/api/me";
import type { Customer } from "@/api/models";
import { policiesQuery } from "@/api/policies";
import { regionsQuery } from "@/api/regions";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
import { type Messages, useLanguage, wordFor } from "@/i18n";
import type { Locale } from "@/lib/money";
import { countryName } from "@/lib/places";
import { policyName } from "@/lib/policy-name";
import { formatRate } from "@/lib/rates";

import classes from "./customer.module.css";

export function CustomerDetails({ customer }: { customer: Customer }) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const words = m.customers.edit;
  const email =
    customer.email === null ? (
      <span className={classes.missing}>{m.customers.one.noEmail}</span>
    ) : (
      <a href={`mailto:${customer.email}`}>{customer.email}</a>
    );
  return (
    <Panel title={m.customers.one.details}>
      <KeyValue
        items={[
          [m.customers.one.email, email],
          [words.phone, customer.phone ? <a href={`tel:${customer.phone}`}>{customer.phone}</a> : null],
          [words.taxId, customer.tax_id],
          [words.code, customer.code],
          [words.address, customer.address],
          [words.country, countryName(customer.country, locale)],
          [words.type, wordFor(m.customers.one.types, customer.type)],
          [words.termsDays, m.customers.one.termsValue(customer.terms_days)],
          [words.discount, discountOf(customer, m, locale)],
          [m.common.user.language, m.customers.one.languages[customer.language]],
          [words.timeZone, customer.time_zone === me.time_zone ? null : customer.time_zone],
          [words.region, customer.region === null ? null : <RegionName customer={customer} />],
          [words.segment, customer.segment],
          [words.policy, <PolicyOf key="policy" customer={customer} />],
          [words.owner, customer.owner],
          [
            m.paper.wish.label,
            customer.statements === null ? null : m.paper.wish[customer.statements ? "always" : "never"],
          ],
          [words.notes, customer.notes],
        ]}
      />
    </Panel>
  );
}

/** The rules by which the customer is chased, and whose they are. */
function PolicyOf({ customer }: { customer: Customer }) {
  const { m } = useLanguage();
  const policies = useQuery(policiesQuery);
  if (policies.data === undefined) return m.common.none;
  const { items, default_id: standard, segments } = policies.data;
  const own = customer.policy_id ?? segments[customer.segment ?? ""] ?? standard;
  const found = items.find(({ id }) => id === own);
  return found === undefined ? own : policyName(found, m);
}

function RegionName({ customer }: { customer: Customer }) {
  const { locale } = useLanguage();
  const regions = useQuery(regionsQuery(customer.country));
  const found = regions.data?.items.find(({ code }) => code === customer.region);
  if (found === undefined) return customer.region;
  return locale === "es" ? found.name_es : found.name_en;
}

function discountOf({ discount }: Customer, m: Messages, locale: Locale): string | null {
  if (discount === null) return null;
  const words = m.customers.one;
  const offer = words.discountValue(formatRate(discount.rate, locale), words.termsValue(discount.days));
  return `${offer} · ${wordFor(m.customers.edit.partPayments, discount.part_payment)}`;
}
