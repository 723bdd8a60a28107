/** Payments. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function PaymentsScreen() {
  const { m } = useLanguage();
  return <PageHeader title={m.payments.title} />;
}
