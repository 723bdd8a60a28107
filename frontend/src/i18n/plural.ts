/** Plural forms by Intl.PluralRules: Spanish and English both tell one from the rest. */
import type { Locale } from "@/lib/money";

interface Forms {
  one: string;
  other: string;
}

const rules = { es: new Intl.PluralRules("es"), en: new Intl.PluralRules("en") };

/** "1 factura", "1.200 facturas": the count, and the form that goes with it. */
export function counted(locale: Locale, count: number, { one, other }: Forms): string {
  const form = rules[locale].select(count) === "one" ? one : other;
  const region = locale === "es" ? "es-ES" : "en-GB";
  return `${count.toLocaleString(region, { useGrouping: "always" })} ${form}`;
}
