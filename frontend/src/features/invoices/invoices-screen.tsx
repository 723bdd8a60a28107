/** Invoices. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function InvoicesScreen() {
  const { m } = useLanguage();
  return <PageHeader title={m.invoices.title} />;
}
