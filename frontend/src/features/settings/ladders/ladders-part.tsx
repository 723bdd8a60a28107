/** The rules by which people are reminded: which there are, and who follows which. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Policies, Policy } from "@/api/models";
import { policiesQuery } from "@/api/policies";
import { Panel } from "@/components/panel";
import { StateBadge } from "@/components/state-badge";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { policyName } from "@/lib/policy-name";

import { PartStates } from "../part-states";
import settings from "../settings.module.css";
import { segmentsOf } from "./assignment";
import { AssignmentPanel } from "./assignment-panel";
import classes from "./ladders.module.css";
import { StepStrip } from "./step-strip";

const MAX_POLICIES = 20;

export default function LaddersPart() {
  const policies = useQuery(policiesQuery);
  return (
    <PartStates query={policies}>
      {(data) => (
        <div className={settings.stack}>
          <LadderList policies={data} />
          <AssignmentPanel first={data} />
        </div>
      )}
    </PartStates>
  );
}

function LadderList({ policies }: { policies: Policies }) {
  const { m } = useLanguage();
  const words = m.ladders;
  const isFull = policies.items.length >= MAX_POLICIES;
  return (
    <Panel padding="flush">
      <p className={settings.lead}>{words.body}</p>
      <ul className={settings.rows}>
        {inOrder(policies).map((policy) => (
          <LadderRow key={policy.id} policy={policy} policies={policies} canCopy={!isFull} />
        ))}
      </ul>
      {isFull ? <p className={settings.foot}>{words.tooMany}</p> : null}
    </Panel>
  );
}

/** The company's first, then by name. */
function inOrder({ items, default_id: ofCompany }: Policies): Policy[] {
  return [...items].sort(
    (one, other) =>
      Number(other.id === ofCompany) - Number(one.id === ofCompany) || one.name.localeCompare(other.name),
  );
}

interface RowProps {
  policy: Policy;
  policies: Policies;
  canCopy: boolean;
}

function LadderRow({ policy, policies, canCopy }: RowProps) {
  const { m } = useLanguage();
  const words = m.ladders;
  const isAdmin = useCan("admin");
  const name = policyName(policy, m);
  const segments = segmentsOf(policies, policy.id);
  const isOfCompany = policies.default_id === policy.id;
  return (
    <li className={classes.ladder}>
      <div className={classes.ladderWords}>
        <div className={classes.ladderHead}>
          <Link href={pages.ladder(policy.id)} className={classes.ladderName}>
            {name}
          </Link>
          {isOfCompany ? <StateBadge tone="good">{words.ofCompany}</StateBadge> : null}
        </div>
        <StepStrip steps={policy.steps} label={words.stepsOf(name)} />
        {segments.length > 0 || !isOfCompany ? (
          <p className={classes.soft}>
            {segments.length > 0 ? words.ofSegments(segments.join(", ")) : words.unused}
          </p>
        ) : null}
      </div>
      {isAdmin && canCopy ? (
        <Button
          component={Link}
          href={pages.ladderNew(policy.id)}
          variant="default"
          size="xs"
          aria-label={words.copyOf(name)}
        >
          {words.copy}
        </Button>
      ) : null}
    </li>
  );
}
