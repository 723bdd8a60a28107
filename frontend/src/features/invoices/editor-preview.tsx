/** The invoice as it will look, its amounts computed by the server by the rule of the issue. */
import { useQuery } from "@tanstack/react-query";

import { customerQuery } from "@/api/customer-search";
import { CommandError } from "@/components/command-error";
import { useLanguage } from "@/i18n";
import { fractionOf } from "@/lib/rates";

import type { Draft } from "./draft";
import classes from "./editor.module.css";
import { Paper } from "./paper";
import { usePreview } from "./use-editor";
import { useSeller } from "./use-seller";

interface Props {
  draft: Draft;
  number: string | null;
}

export function EditorPreview({ draft, number }: Props) {
  const { m } = useLanguage();
  const seller = useSeller();
  const id = draft.customer?.id;
  const customer = useQuery({ ...customerQuery(id ?? ""), enabled: id !== undefined });
  const isOwn = customer.data?.id === id;
  const preview = usePreview(draft, isOwn ? (customer.data?.discount ?? null) : null);
  const content = {
    number,
    seller,
    customer: isOwn ? (customer.data ?? null) : null,
    currency: draft.currency,
    issueDate: draft.issueDate || null,
    dueDate: draft.dueDate || (preview.amounts?.due_date ?? null),
    purchaseOrder: draft.purchaseOrder || null,
    notes: draft.notes || null,
    discount: preview.discount && {
      ...preview.discount,
      rate: fractionText(preview.discount.rate),
      until: null,
    },
    amounts: preview.amounts,
  };
  return (
    <section className={classes.preview} aria-label={m.invoices.editor.preview}>
      <h2 className={classes.previewHead}>
        {m.invoices.editor.preview}
        <span role="status">{preview.isStale ? m.invoices.editor.previewStale : ""}</span>
      </h2>
      <CommandError error={preview.error} />
      {draft.customer === null && preview.amounts === null ? (
        <p className={classes.previewEmpty}>{m.invoices.editor.previewEmpty}</p>
      ) : (
        <div data-stale={preview.isStale} className={classes.sheet}>
          <Paper content={content} />
        </div>
      )}
    </section>
  );
}

/** "2%", as a draft says it to the API, and "0.02", as the API answers, are the same. */
function fractionText(rate: string): string {
  return rate.endsWith("%") ? (fractionOf(rate, "en") ?? "0") : rate;
}
