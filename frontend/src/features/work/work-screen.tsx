/** Work. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function WorkScreen() {
  const { m } = useLanguage();
  return <PageHeader title={m.work.title} />;
}
