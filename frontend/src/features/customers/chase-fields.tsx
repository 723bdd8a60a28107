/** By which rules the customer is chased, and who of us looks after it. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan } from "@/api/me";
import { staffQuery } from "@/api/people";
import { policiesQuery } from "@/api/policies";
import { useLanguage } from "@/i18n";
import { policyName } from "@/lib/policy-name";

import { bound, type FieldsProps } from "./customer-form-parts";
import classes from "./customer-form.module.css";

const ORDER = ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[];

export function ChaseFields(props: FieldsProps) {
  return (
    <div className={classes.fields}>
      <PolicyField {...props} />
      <OwnerField {...props} />
      <StatementsField {...props} />
    </div>
  );
}

function PolicyField(props: FieldsProps) {
  const { m } = useLanguage();
  const words = m.customers.edit;
  const policies = useQuery(policiesQuery);
  const { items = [], default_id: standard = "", segments = {} } = policies.data ?? {};
  const names = new Map(items.map((one) => [one.id, policyName(one, m)]));
  const ofGroup = segments[props.form.segment.trim()];
  const inherited = names.get(ofGroup ?? standard) ?? "";
  const present = props.form.policy_id;
  return (
    <NativeSelect
      {...bound(props, "policy_id")}
      label={words.policy}
      description={words.policyHint}
      inputWrapperOrder={ORDER}
      data={[
        { value: "", label: ofGroup === undefined ? words.ofCompany(inherited) : words.ofGroup(inherited) },
        ...(present !== "" && !names.has(present) ? [{ value: present, label: present }] : []),
        ...[...names].map(([value, label]) => ({ value, label })),
      ]}
    />
  );
}

function StatementsField(props: FieldsProps) {
  const { m } = useLanguage();
  const words = m.paper.wish;
  return (
    <NativeSelect
      {...bound(props, "statements")}
      label={words.label}
      data={(["company", "always", "never"] as const).map((value) => ({
        value,
        label: words[value],
      }))}
    />
  );
}

/** Whoever may list the staff chooses; others write the address. */
function OwnerField(props: FieldsProps) {
  const { m } = useLanguage();
  const words = m.customers.edit;
  const canList = useCan("admin");
  const people = useQuery({ ...staffQuery, enabled: canList });
  const shared = {
    ...bound(props, "owner"),
    label: words.owner,
    description: words.ownerHint,
    inputWrapperOrder: ORDER,
  };
  const active = people.data?.items.filter((one) => one.active);
  if (active === undefined) {
    return <TextInput {...shared} type="email" autoComplete="off" />;
  }
  const present = props.form.owner;
  const isStrange = present !== "" && active.every(({ email }) => email !== present);
  return (
    <NativeSelect
      {...shared}
      data={[
        { value: "", label: words.nobody },
        ...(isStrange ? [{ value: present, label: present }] : []),
        ...active.map(({ email, name }) => ({ value: email, label: `${name} (${email})` })),
      ]}
    />
  );
}
