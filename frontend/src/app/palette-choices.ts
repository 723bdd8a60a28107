/** What the palette offers: what the server found, then places and actions whose words match. */
import type { SearchHit } from "@/api/models";
import type { IconName } from "@/components/icon";
import { pages } from "@/config/paths";
import { groupsFor } from "@/features/settings/parts";
import type { Messages } from "@/i18n";

export interface Choice {
  key: string;
  icon: IconName;
  title: string;
  detail: string;
  href: string;
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function ofHit(hit: SearchHit): Choice {
  const { icon, href } = placeOf(hit);
  return { key: `${hit.what}-${hit.id}`, icon, title: hit.title, detail: hit.detail, href };
}

/** A credit note is shown on the page of the invoice that it takes from. */
function placeOf({ what, id, invoice_id: invoiceId }: SearchHit): Pick<Choice, "icon" | "href"> {
  if (what === "customer") return { icon: "customers", href: pages.customer(id) };
  if (what === "invoice") return { icon: "invoices", href: pages.invoice(id) };
  return { icon: "file", href: pages.invoice(invoiceId ?? id) };
}

/** What the person's role allows. */
export interface Allowed {
  isAdmin: boolean;
  canInvoice: boolean;
  canAddCustomer: boolean;
}

const PLACES = [
  "home",
  "invoices",
  "recurring",
  "customers",
  "payments",
  "agreements",
  "outgoing",
  "messages",
  "approvals",
  "work",
  "settings",
] as const;

export function choicesFor(
  text: string,
  hits: readonly SearchHit[],
  m: Messages,
  { isAdmin, canInvoice, canAddCustomer }: Allowed,
): Choice[] {
  const { nav, search } = m.common;
  const does = (icon: IconName, title: string, href: string): Choice => ({
    key: href,
    icon,
    title,
    detail: search.actions,
    href,
  });
  const goes = (place: keyof typeof nav & IconName & keyof typeof pages): Choice => ({
    key: place,
    icon: place,
    title: nav[place],
    detail: search.pages,
    href: pages[place],
  });
  const fixed = [
    ...(canInvoice ? [does("plus", search.newInvoice, pages.invoiceNew)] : []),
    ...(canAddCustomer ? [does("plus", search.newCustomer, pages.customerNew)] : []),
    ...(canInvoice ? [does("plus", search.newPayment, pages.paymentNew)] : []),
    ...(canInvoice ? [does("plus", search.importFile, pages.imports)] : []),
    ...PLACES.filter((place) => place !== "approvals" || canInvoice).map(goes),
  ];
  const wanted = folded(text.trim());
  const matching = fixed.filter(({ title }) => folded(title).includes(wanted));
  // The settings are one place until something is asked for.
  const parts = wanted === "" ? [] : partsOf(m, isAdmin, wanted);
  return [...hits.map(ofHit), ...matching, ...parts];
}

/** The parts of the settings by their name or that of their group. */
function partsOf(m: Messages, isAdmin: boolean, wanted: string): Choice[] {
  const { settings: words } = m;
  return groupsFor(isAdmin).flatMap(({ key, parts }) => {
    const isGroup = folded(words.groups[key]).includes(wanted);
    const found = parts.filter((part) => isGroup || folded(words[part]).includes(wanted));
    return found.map((part): Choice => ({
      key: `settings-${part}`,
      icon: "settings",
      title: words[part],
      detail: words.title,
      href: pages.settingsPart(part),
    }));
  });
}
