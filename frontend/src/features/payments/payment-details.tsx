/** How and when the money came in. */
import { useMe } from "@/api/me";
import type { Payment } from "@/api/models";
import { KeyValue } from "@/components/key-value";
import { Panel } from "@/components/panel";
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
          [m.payments.method, wordFor(m.words.method, payment.method)],
          [m.payments.reference, payment.reference],
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
