/** How and when the money came in. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import type { Payment } from "@/api/models";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
import { endpoints, pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay, formatInstant } from "@/lib/dates";

export function PaymentDetails({ payment }: { payment: Payment }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.payments.one;
  const { provider } = payment;
  return (
    <Panel title={words.details}>
      <KeyValue
        items={[
          [m.payments.new.receivedOn, formatDay(payment.received_on, locale)],
          ...(payment.origin === "money"
            ? ([
                [m.payments.method, wordFor(m.words.method, payment.method)],
                [m.payments.reference, payment.reference],
              ] as const)
            : ([
                [words.creditNote, <CreditNote key="note" payment={payment} />],
                [words.creditedInvoice, <Credited key="invoice" payment={payment} />],
              ] as const)),
          [words.provider, provider === null ? null : wordFor(m.words.method, provider)],
          [words.providerId, payment.provider_payment_id],
          [words.note, payment.note],
          [
            words.recorded,
            `${formatInstant(payment.created_at, locale, timeZone)}\n${payment.created_by}`,
          ],
        ]}
      />
    </Panel>
  );
}

function CreditNote({ payment }: { payment: Payment }) {
  const { m } = useLanguage();
  const { credit_note_id: id, reference } = payment;
  if (id === null) return reference;
  return (
    <a href={endpoints.creditNotePdf(id)} target="_blank" rel="noreferrer">
      {m.payments.one.creditNotePdf(reference ?? "")}
    </a>
  );
}

function Credited({ payment }: { payment: Payment }) {
  const { m } = useLanguage();
  const { credited_invoice_id: id } = payment;
  return id === null ? null : <Link href={pages.invoice(id)}>{m.payments.one.seeInvoice}</Link>;
}
