/** How an open invoice stands in its account: what of it is asked for, and what rests and why. */
import { useQuery } from "@tanstack/react-query";

import { accountQuery } from "@/agreements/agreements-api";
import type { Invoice, OpenItem, Rest } from "@/api/models";

import { isOwed } from "./next-step";

export interface Standing {
  /** Undefined while it is read, and when nothing is open. */
  item: OpenItem | undefined;
  /** The rests that can cover it; those over the whole account among them. */
  rests: readonly Rest[];
}

export function useStanding(invoice: Invoice): Standing {
  const account = useQuery({
    ...accountQuery(invoice.customer_id, invoice.currency),
    enabled: isOwed(invoice),
  });
  const item = account.data?.open_items.find(({ invoice_id: id }) => id === invoice.id);
  const rests = (account.data?.rests ?? []).filter(
    ({ invoice_ids: ids }) => ids.length === 0 || ids.includes(invoice.id),
  );
  return { item, rests: item === undefined ? [] : rests };
}
