/** Not drawn yet. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function PaymentScreen({ id }: { id: string }) {
  const { m } = useLanguage();
  return <PageHeader title={m.payments.title} detail={id} />;
}
