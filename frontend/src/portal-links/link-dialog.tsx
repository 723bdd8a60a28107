/** Make a link to the portal: for a customer or one of its contacts, or to pay one invoice. */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";

import type { Customer } from "@/api/models";
import { Dialog, DialogForm } from "@/components/dialog";
import { useLanguage } from "@/i18n";

import { MadeLink } from "./made-link";
import { useMakeLink, useMakePayLink } from "./portal-links-api";

interface CustomerProps {
  customer: Customer;
  isOpen: boolean;
  onClose: () => void;
}

export function PortalLinkDialog({ customer, isOpen, onClose }: CustomerProps) {
  const { m } = useLanguage();
  const words = m.portal.make;
  const make = useMakeLink(customer.id);
  const [contact, setContact] = useState("");
  const close = () => {
    make.reset();
    setContact("");
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={make.data ? words.made : words.title} onClose={close}>
      {make.data ? (
        <MadeLink link={make.data} onClose={close} />
      ) : (
        <DialogForm
          action={words.action}
          isPending={make.isPending}
          error={make.error}
          onConfirm={() => make.mutate({ contact_id: contact || null, view: false })}
          onClose={close}
        >
          <NativeSelect
            label={words.for}
            value={contact}
            data={[
              { value: "", label: words.customer(customer.name) },
              ...customer.contacts.map(({ id = "", name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <p>{words.opens}</p>
        </DialogForm>
      )}
    </Dialog>
  );
}

interface InvoiceProps {
  invoice: { id: string; number: string | null };
  isOpen: boolean;
  onClose: () => void;
}

export function PayLinkDialog({ invoice, isOpen, onClose }: InvoiceProps) {
  const { m } = useLanguage();
  const words = m.portal.make;
  const make = useMakePayLink(invoice.id);
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} title={make.data ? words.made : words.pay} onClose={close}>
      {make.data ? (
        <MadeLink link={make.data} onClose={close} />
      ) : (
        <DialogForm
          action={words.action}
          isPending={make.isPending}
          error={make.error}
          onConfirm={() => make.mutate(undefined)}
          onClose={close}
        >
          <p>{words.payOpens(invoice.number ?? "")}</p>
        </DialogForm>
      )}
    </Dialog>
  );
}
