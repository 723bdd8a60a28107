/** The early-payment discount that a customer's new invoices offer. */
import { NativeSelect, TextInput } from "@mantine/core";

import { useLanguage, wordFor } from "@/i18n";

import { bound, type FieldsProps } from "./customer-form-parts";
import classes from "./customer-form.module.css";

const PART_PAYMENTS = ["strict", "proportional"] as const;
const TAXES = ["included", "excluded", "mixed"] as const;

export function DiscountFields(props: FieldsProps) {
  const { m } = useLanguage();
  const words = m.customers.edit;
  const { form, change } = props;
  const isOffered = form.discount_rate.trim() !== "";
  return (
    <div className={classes.fields}>
      <TextInput
        {...bound(props, "discount_rate")}
        label={words.discountRate}
        description={words.discountHint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="decimal"
        autoComplete="off"
      />
      <TextInput
        {...bound(props, "discount_days")}
        label={words.discountDays}
        inputMode="numeric"
        autoComplete="off"
        disabled={!isOffered}
      />
      <NativeSelect
        label={words.partPayment}
        disabled={!isOffered}
        value={form.discount_part_payment}
        data={PART_PAYMENTS.map((value) => ({ value, label: wordFor(words.partPayments, value) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ discount_part_payment: value === "proportional" ? value : "strict" })
        }
      />
      <NativeSelect
        label={words.discountTax}
        disabled={!isOffered}
        value={form.discount_tax}
        data={TAXES.map((value) => ({ value, label: wordFor(words.discountTaxes, value) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ discount_tax: TAXES.find((one) => one === value) ?? "included" })
        }
      />
    </div>
  );
}
