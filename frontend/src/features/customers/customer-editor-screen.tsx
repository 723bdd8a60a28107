/** Write a new customer down, or change one. */
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useMe } from "@/api/me";
import type { Customer } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { CustomerForm } from "./customer-form";
import { blankForm, changesOf, formOf, inputOf } from "./customer-fields";
import { useChangeCustomer, useCreateCustomer } from "./customers-api";

export default function CustomerEditorScreen({ id }: { id?: string }) {
  return id === undefined ? <NewCustomer /> : <KnownCustomer id={id} />;
}

function NewCustomer() {
  const { m, locale } = useLanguage();
  const me = useMe();
  const notify = useToast();
  const [, navigate] = useLocation();
  const create = useCreateCustomer();
  const done = (customer: Customer) => {
    notify({ tone: "good", text: m.customers.edit.created(customer.name) });
    navigate(pages.customer(customer.id));
  };
  return (
    <>
      <PageHeader
        title={m.customers.edit.newTitle}
        crumb={<Link href={pages.customers}>{m.customers.edit.back}</Link>}
      />
      <CustomerForm
        first={blankForm(me)}
        action={m.customers.edit.create}
        back={pages.customers}
        isPending={create.isPending}
        error={create.error}
        onSubmit={(form) => create.mutate(inputOf(form, locale), { onSuccess: done })}
      />
    </>
  );
}

function KnownCustomer({ id }: { id: string }) {
  const customer = useQuery(customerQuery(id));
  if (customer.data) return <ChangeCustomer customer={customer.data} />;
  if (customer.error) {
    return <ErrorState error={customer.error} retry={() => void customer.refetch()} />;
  }
  return <PageSkeleton />;
}

function ChangeCustomer({ customer }: { customer: Customer }) {
  const { m, locale } = useLanguage();
  const notify = useToast();
  const [, navigate] = useLocation();
  const change = useChangeCustomer(customer.id);
  const done = () => {
    notify({ tone: "good", text: m.customers.edit.saved });
    navigate(pages.customer(customer.id));
  };
  return (
    <>
      <PageHeader
        title={m.customers.edit.title(customer.name)}
        crumb={<Link href={pages.customers}>{m.customers.edit.back}</Link>}
      />
      <CustomerForm
        first={formOf(customer, locale)}
        version={customer.version}
        action={m.customers.edit.save}
        back={pages.customer(customer.id)}
        isPending={change.isPending}
        error={change.error}
        onSubmit={(form, first, version) =>
          change.mutate({ changes: changesOf(form, first, locale), version }, { onSuccess: done })
        }
      />
    </>
  );
}
