/** What can be told of a delivery and of the types of event, without drawing anything. */
import type { WebhookDeliveryRow } from "@/api/models";
import type { Tone } from "@/components/state-badge";

export const STATES = ["waiting", "delivered", "failed"] as const;

export const TONES: Readonly<Record<WebhookDeliveryRow["state"], Tone>> = {
  waiting: "open",
  delivered: "good",
  failed: "bad",
};

const SOON_MS = 60_000;
const LOOK_MS = 1_500;
const LATER_MS = 8_000; // an attempt that is under way at this moment says when it would be repeated

type Progress = Pick<WebhookDeliveryRow, "state" | "next_attempt_at">;

/** When to look again whether something has become of these; never, once all is settled. */
export function lookAgain(all: readonly Progress[], now: number): number | false {
  const waiting = all.filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return false;
  const isSoon = waiting.some(
    ({ next_attempt_at: next }) => next !== null && Date.parse(next) - now < SOON_MS,
  );
  return isSoon ? LOOK_MS : LATER_MS;
}

export interface TypeGroup {
  key: string;
  types: string[];
}

const ORDER = ["invoice", "payment", "credit_note", "customer", "promise", "plan", "dispute"];

/** The types of event by what they are about, the most wanted first. */
export function groupsOf(types: readonly string[]): TypeGroup[] {
  const groups = new Map<string, string[]>();
  for (const type of types) {
    const key = type.split(".")[0] ?? type;
    groups.set(key, [...(groups.get(key) ?? []), type]);
  }
  const place = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  return [...groups]
    .map(([key, those]) => ({ key, types: those }))
    .sort((one, other) => place(one.key) - place(other.key));
}

/** With these chosen or no longer chosen, in the order in which they are offered. */
export function toggled(
  chosen: readonly string[],
  types: readonly string[],
  isOn: boolean,
): string[] {
  const rest = chosen.filter((one) => !types.includes(one));
  return isOn ? [...rest, ...types] : rest;
}

/** What stands for an endpoint where its address is too long. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** A body as people read it; as it is where it is no JSON. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
