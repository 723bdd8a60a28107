/** Write a new invoice, or go on writing a draft. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { customerQuery } from "@/api/customer-search";
import { useMe } from "@/api/me";
import type { Invoice } from "@/api/models";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { chosen, copyOf, draftOf, emptyDraft } from "./draft";
import { EditorPage } from "./editor-page";
import { invoiceQuery } from "./invoices-api";
import { keptDraft } from "./kept-draft";

const USUAL_TAX = "21"; // the general rate where most of our users invoice; each line can differ

export default function EditorScreen({ id }: { id?: string }) {
  const { m, locale } = useLanguage();
  const me = useMe();
  const { query } = useUrlState();
  const sourceId = id ?? query.get("copy");
  const source = useQuery({ ...invoiceQuery(sourceId ?? ""), enabled: sourceId !== null });
  const customerId = source.data?.customer_id ?? query.get("customer");
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== null });

  // A reread that fails while one writes must not take the form away.
  const error = source.isLoadingError ? source.error : customer.isLoadingError ? customer.error : null;
  if (error) return <ErrorState error={error} retry={() => void source.refetch()} />;
  const isLoading =
    (sourceId !== null && source.data === undefined) ||
    (customerId !== null && customer.data === undefined);
  if (isLoading) return <PageSkeleton />;
  if (id !== undefined && source.data?.state !== "draft") return <NotDraft id={id} m={m} />;

  // An address that says what to begin with is meant; what was kept waits for the plain one.
  const isAsked = id === undefined && customerId !== null;
  const kept = isAsked ? null : keptDraft(id, id === undefined ? undefined : source.data?.version);
  const fresh = () => {
    const blank = emptyDraft(customer.data?.currency ?? me.currency, USUAL_TAX);
    if (customer.data === undefined) return blank;
    if (source.data === undefined) return { ...blank, customer: chosen(customer.data) };
    const make = id === undefined ? copyOf : draftOf;
    return make(source.data, customer.data, locale);
  };
  const edited: Invoice | undefined = id === undefined ? undefined : source.data;
  return <EditorPage invoice={edited} draft={kept ?? fresh()} isKept={kept !== null} />;
}

function NotDraft({ id, m }: { id: string; m: ReturnType<typeof useLanguage>["m"] }) {
  return (
    <EmptyState
      title={m.invoices.editor.notDraft}
      action={<Link href={pages.invoice(id)}>{m.common.actions.back}</Link>}
    />
  );
}
