/** The way out of a pause or a hand-over that rests on an account, found by its id. */
import { useQuery } from "@tanstack/react-query";

import type { Account, Rest } from "@/api/models";
import { useLanguage, wordFor } from "@/i18n";
import { formatDay } from "@/lib/dates";

import { HandoverActions } from "./handover-end";
import { HoldActions } from "./hold-changes";
import { handoversOf, holdsOf } from "./silence-api";

interface Props {
  rest: Rest;
  customerId: string;
  account: Account | undefined;
  size?: "xs" | "compact-xs";
}

/** Nothing for rests of another kind. */
export function SilenceActions({ rest, customerId, account, size = "xs" }: Props) {
  const isHold = rest.kind === "hold";
  const isLegal = rest.kind === "legal";
  const holds = useQuery({ ...holdsOf(customerId), enabled: isHold });
  const handovers = useQuery({ ...handoversOf(customerId), enabled: isLegal });
  const hold = isHold ? holds.data?.find(({ id }) => id === rest.id) : undefined;
  const handover = isLegal ? handovers.data?.find(({ id }) => id === rest.id) : undefined;
  if (hold) return <HoldActions hold={hold} restingMinor={rest.resting_minor} size={size} />;
  if (handover === undefined) return null;
  return <HandoverActions handover={handover} openMinor={openOf(rest, account)} size={size} />;
}

/** What is open of the invoices of a rest; null while the account is not known. */
export function openOf(rest: Rest, account: Account | undefined): number | null {
  if (account === undefined) return null;
  return account.open_items
    .filter(({ invoice_id: id }) => rest.invoice_ids.includes(id))
    .reduce((sum, { open_minor: open }) => sum + open, 0);
}

/** Who said so and why, in short: for the row of a rest. */
export function useSilenceDetails(rest: Rest, customerId: string): readonly string[] {
  const { m, locale } = useLanguage();
  const holds = useQuery({ ...holdsOf(customerId), enabled: rest.kind === "hold" });
  const handovers = useQuery({ ...handoversOf(customerId), enabled: rest.kind === "legal" });
  const hold = holds.data?.find(({ id }) => id === rest.id);
  if (rest.kind === "hold" && hold) {
    return [wordFor(m.silence.reasons, hold.reason), hold.created_by, hold.note ?? ""].filter(Boolean);
  }
  const handover = handovers.data?.find(({ id }) => id === rest.id);
  if (rest.kind !== "legal" || handover === undefined) return [];
  const words = m.silence.legal;
  const since = words.since(formatDay(handover.created_at.slice(0, 10), locale));
  return [words.with(handover.to_name), since, handover.note ?? ""].filter(Boolean);
}
