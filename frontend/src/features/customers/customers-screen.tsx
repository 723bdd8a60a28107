/** Customers. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function CustomersScreen() {
  const { m } = useLanguage();
  return <PageHeader title={m.customers.title} />;
}
