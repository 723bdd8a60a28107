/** Not drawn yet. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function CustomerEditorScreen({ id }: { id?: string }) {
  const { m } = useLanguage();
  return <PageHeader title={m.customers.title} detail={id} />;
}
