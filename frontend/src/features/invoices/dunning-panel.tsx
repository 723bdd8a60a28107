/** By which rules the invoice is chased, which step it took, and which comes next. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { customerQuery } from "@/api/customer-search";
import { useCan, useMe } from "@/api/me";
import type { Invoice, OpenItem, Policies, Policy } from "@/api/models";
import { policiesQuery } from "@/api/policies";
import { stepText } from "@/chase/step-words";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { policyName } from "@/lib/policy-name";

import { DunningPolicyDialog } from "./dunning-policy-dialog";
import classes from "./invoice.module.css";
import { ladderOfCustomer, lastStep, nextStep, wordsOf } from "./ladder";
import { useStanding } from "./use-standing";

export function DunningPanel({ invoice }: { invoice: Invoice }) {
  const { item } = useStanding(invoice);
  const policies = useQuery(policiesQuery);
  const customer = useQuery({ ...customerQuery(invoice.customer_id), enabled: item !== undefined });
  if (item === undefined || policies.data === undefined || customer.data === undefined) return null;
  const common = ladderOfCustomer(customer.data, policies.data);
  const own = policies.data.items.find(({ id }) => id === invoice.policy_id);
  if (common === undefined) return null;
  return <Drawn invoice={invoice} item={item} book={policies.data} common={common} own={own} />;
}

interface Props {
  invoice: Invoice;
  item: OpenItem;
  book: Policies;
  /** The customer's ladder, and the invoice's own if it has one. */
  common: Policy;
  own: Policy | undefined;
}

function Drawn({ invoice, item, book, common, own }: Props) {
  const { m, locale } = useLanguage();
  const { today } = useMe();
  const [isOpen, setOpen] = useState(false);
  const canChange = useCan("collector");
  const words = m.chase.invoice;
  const ladder = own ?? common;
  const name = policyName(ladder, m);
  const next = nextStep(ladder, item, today);
  const last = lastStep(ladder, item);
  const lastDay = item.step_done === null ? words.none : m.chase.step(item.step_done);
  const lastText = last === undefined ? lastDay : stepText(wordsOf(last), m);
  const nextText =
    next === null
      ? words.noMore
      : words.from(stepText(wordsOf(next.step), m), formatDay(next.from, locale));
  return (
    <Panel title={words.title}>
      <KeyValue
        items={[
          [words.ladder, own === undefined ? words.ofCustomer(name) : words.own(name)],
          [words.lastStep, lastText],
          [words.nextStep, item.asked_minor === 0 ? words.resting : nextText],
        ]}
      />
      {canChange ? (
        <div className={classes.beside}>
          <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
            {words.change}
          </Button>
        </div>
      ) : null}
      <DunningPolicyDialog
        invoice={invoice}
        item={item}
        book={book}
        common={common}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </Panel>
  );
}
