/** Not drawn yet. */
import { PageHeader } from "@/components/page-header";
import { useLanguage } from "@/i18n";

export default function SettingsScreen({ part }: { part: string }) {
  const { m } = useLanguage();
  return <PageHeader title={m.settings.title} detail={part} />;
}
