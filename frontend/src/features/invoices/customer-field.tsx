/** Whom the invoice is for: found by name, or made on the spot. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

import { useCustomerSearch } from "@/api/customer-search";
import type { CustomerInput } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Picker } from "@/components/picker";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { chosen } from "./draft";
import { useQuickCustomer } from "./invoices-api";
import type { Editor } from "./use-editor";

export function CustomerField({ editor }: { editor: Editor }) {
  const { m } = useLanguage();
  const words = m.invoices.editor;
  const [search, setSearch] = useState("");
  const [newName, setNewName] = useState<string | null>(null);
  const found = useCustomerSearch(search);
  const { draft, change } = editor;
  const choose = (id: string) => {
    const customer = found.data?.items.find((candidate) => candidate.id === id);
    if (customer) change({ customer: chosen(customer), currency: customer.currency });
  };
  return (
    <>
      <Picker
        label={words.customer}
        placeholder={words.customerHint}
        chosenLabel={draft.customer?.name ?? ""}
        options={found.data?.items.map(({ id, name, email }) => ({
          value: id,
          label: name,
          ...(email && { detail: email }),
        }))}
        onSearch={setSearch}
        onChoose={({ value }) => choose(value)}
        create={{ label: words.create, onCreate: setNewName }}
        error={editor.errorAt("/customer_id")}
      />
      {newName === null ? null : (
        <NewCustomer
          name={newName}
          onClose={() => setNewName(null)}
          onCreated={(customer, currency) => {
            change({ customer, currency });
            setNewName(null);
          }}
        />
      )}
    </>
  );
}

interface NewProps {
  name: string;
  onClose: () => void;
  onCreated: (customer: ReturnType<typeof chosen>, currency: string) => void;
}

function NewCustomer({ name, onClose, onCreated }: NewProps) {
  const { m } = useLanguage();
  const words = m.invoices.editor.customerNew;
  const create = useQuickCustomer();
  const [input, setInput] = useState<CustomerInput>({ name, country: "ES" });
  const errors = useFieldErrors(create.error);
  const confirm = () =>
    create.mutate(input, {
      onSuccess: (customer) => onCreated(chosen(customer), customer.currency),
    });
  const field = (key: "name" | "email" | "country" | "tax_id") => ({
    value: input[key] ?? "",
    error: errors.get(`/${key}`),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const text = event.currentTarget.value;
      const isOptional = key === "email" || key === "tax_id";
      setInput({ ...input, [key]: isOptional && text.trim() === "" ? null : text });
    },
  });
  return (
    <ConfirmDialog
      isOpen
      title={words.title}
      action={words.action}
      isPending={create.isPending}
      error={create.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextInput label={words.name} required withAsterisk={false} maxLength={200} {...field("name")} />
      <TextInput label={words.email} type="email" data-autofocus {...field("email")} />
      <TextInput label={words.taxId} maxLength={200} {...field("tax_id")} />
      <TextInput label={words.country} required withAsterisk={false} maxLength={2} {...field("country")} />
    </ConfirmDialog>
  );
}
