/** What the invoice offers for paying early: as the customer is offered, nothing, or its own terms. */
import { NativeSelect, TextInput } from "@mantine/core";

import { useLanguage, wordFor } from "@/i18n";

import type { DiscountDraft } from "./discount-draft";
import classes from "./editor.module.css";
import type { Editor } from "./use-editor";

const PART_PAYMENTS = ["strict", "proportional"] as const;
const TAXES = ["included", "excluded", "mixed"] as const;

interface Props {
  editor: Editor;
  /** A draft that is stored already has terms of its own, or none. */
  isNew: boolean;
}

export function EditorDiscount({ editor, isNew }: Props) {
  const { m } = useLanguage();
  const words = m.invoices.editor.earlyPayment;
  const { discount } = editor.draft;
  const kinds = isNew ? (["customer", "none", "own"] as const) : (["none", "own"] as const);
  const change = (part: Partial<DiscountDraft>) =>
    editor.change({ discount: { ...discount, ...part } });
  return (
    <div className={classes.discount}>
      <NativeSelect
        label={words.label}
        data={kinds.map((value) => ({ value, label: words[value] }))}
        value={discount.kind}
        onChange={({ currentTarget: { value } }) =>
          change({ kind: kinds.find((one) => one === value) ?? "none" })
        }
      />
      {discount.kind === "own" ? <Terms editor={editor} change={change} /> : null}
    </div>
  );
}

interface TermsProps {
  editor: Editor;
  change: (part: Partial<DiscountDraft>) => void;
}

function Terms({ editor, change }: TermsProps) {
  const { m } = useLanguage();
  const words = m.customers.edit;
  const { discount } = editor.draft;
  return (
    <>
      <TextInput
        label={words.discountRate}
        inputMode="decimal"
        autoComplete="off"
        value={discount.rate}
        error={editor.errorAt("/discount/rate")}
        onChange={(event) => change({ rate: event.currentTarget.value })}
      />
      <TextInput
        label={words.discountDays}
        inputMode="numeric"
        autoComplete="off"
        value={discount.days}
        error={editor.errorAt("/discount/days")}
        onChange={(event) => change({ days: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.partPayment}
        value={discount.partPayment}
        data={PART_PAYMENTS.map((value) => ({ value, label: wordFor(words.partPayments, value) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ partPayment: PART_PAYMENTS.find((one) => one === value) ?? "strict" })
        }
      />
      <NativeSelect
        label={words.discountTax}
        value={discount.tax}
        data={TAXES.map((value) => ({ value, label: wordFor(words.discountTaxes, value) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ tax: TAXES.find((one) => one === value) ?? "included" })
        }
      />
    </>
  );
}
