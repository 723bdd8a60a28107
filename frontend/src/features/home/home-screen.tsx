/** Home. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function HomeScreen() {
  const { m } = useLanguage();
  return <PageHeader title={m.home.title} />;
}
