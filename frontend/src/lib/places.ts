/** Countries and time zones by the names that the browser knows, for pickers. */
import { type Locale, regionOf } from "./money";

// ISO 3166-1 alpha-2. Intl knows the names but does not list the codes.
const COUNTRIES =
  "AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD " +
  "CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB " +
  "GD GE GF GG GH GI GL GM GN GP GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP " +
  "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO " +
  "MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA " +
  "RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO " +
  "TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS YE YT ZA ZM ZW";

interface Choice {
  value: string;
  label: string;
}

export function countryName(code: string, locale: Locale): string {
  return new Intl.DisplayNames(regionOf(locale), { type: "region" }).of(code) ?? code;
}

/** Every country by name, in the alphabet of the language. */
export function countryChoices(locale: Locale): Choice[] {
  const names = new Intl.DisplayNames(regionOf(locale), { type: "region" });
  return COUNTRIES.split(" ")
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}

/** The time zones that the browser knows, and the present one even if it does not. */
export function timeZoneChoices(present: string): string[] {
  return [...new Set([present, ...Intl.supportedValuesOf("timeZone")])].filter(Boolean).sort();
}

/** "Euro (EUR)" by currency code. */
export function currencyName(code: string, locale: Locale): string {
  return new Intl.DisplayNames(regionOf(locale), { type: "currency" }).of(code) ?? code;
}
