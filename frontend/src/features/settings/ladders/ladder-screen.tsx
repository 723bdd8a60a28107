/** One rule: its steps around the due date, what a change of it would do, and its earlier versions. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Policies, Policy } from "@/api/models";
import { policiesQuery } from "@/api/policies";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { policyName } from "@/lib/policy-name";
import { useUrlState } from "@/lib/url-state";

import { PartStates } from "../part-states";
import { segmentsOf } from "./assignment";
import { LadderEditor } from "./ladder-editor";

const NEW = "new";

export default function LadderScreen({ id }: { id: string }) {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const policies = useQuery(policiesQuery);
  const from = query.get("from");
  const isNew = id === NEW;
  return (
    <PartStates query={policies}>
      {(data) => {
        const found = data.items.find((policy) => policy.id === (isNew ? (from ?? data.default_id) : id));
        if (found === undefined) return <EmptyState title={m.common.errors.notFoundPage} />;
        return <Ladder policies={data} policy={found} isNew={isNew} />;
      }}
    </PartStates>
  );
}

interface Props {
  policies: Policies;
  policy: Policy;
  isNew: boolean;
}

function Ladder({ policies, policy, isNew }: Props) {
  const { m, locale } = useLanguage();
  const { currency } = useMe();
  const words = m.ladders;
  const name = policyName(policy, m);
  const segments = segmentsOf(policies, policy.id);
  const details = [
    policy.version === 0 ? words.editor.asShipped : words.editor.version(policy.version),
    policies.default_id === policy.id ? words.ofCompany : null,
    segments.length > 0 ? words.ofSegments(segments.join(", ")) : null,
  ];
  return (
    <>
      <PageHeader
        title={isNew ? words.editor.newTitle : name}
        crumb={<Link href={pages.settingsPart("reminders")}>{words.title}</Link>}
        detail={isNew ? words.editor.newDetail : details.filter((one) => one !== null).join(" · ")}
      />
      <LadderEditor
        key={isNew ? NEW : policy.id}
        policies={policies}
        first={isNew ? { ...policy, version: 0, name: words.copyName(name) } : policy}
        isNew={isNew}
        notation={{ locale, currency }}
      />
    </>
  );
}
