/** Where an invoice stands on a ladder of reminders, by the server's own rule. */
import type { OpenItem, Policies, Policy } from "@/api/models";
import { addDays } from "@/lib/dates";

export type LadderStep = Policy["steps"][number];

/** The ladder of a customer: its own, that of its group, or the company's. */
export function ladderOfCustomer(
  customer: { policy_id: string | null; segment: string | null },
  { items, segments, default_id: standard }: Policies,
): Policy | undefined {
  const wanted = [customer.policy_id, segments[customer.segment ?? ""], standard];
  return wanted.map((id) => items.find((one) => one.id === id)).find((one) => one !== undefined);
}

type Item = Pick<OpenItem, "due_date" | "step_done" | "step_id">;

/** The step that the invoice took last, if this ladder still has it. */
export function lastStep(policy: Policy, item: Item): LadderStep | undefined {
  return policy.steps.find(({ id }) => id === item.step_id);
}

/** The step that comes next, and from which day on; null after the last. */
export function nextStep(policy: Policy, item: Item, today: string): { step: LadderStep; from: string } | null {
  const passed = lastStep(policy, item)?.offset_days ?? item.step_done;
  const isPastDue = item.due_date < today;
  const step = policy.steps.find(
    ({ offset_days: days }) => (passed === null || days > passed) && !(isPastDue && days < 0),
  );
  if (step === undefined) return null;
  const day = addDays(item.due_date, step.offset_days);
  return { step, from: day < today ? today : day };
}

export function wordsOf(step: LadderStep) {
  return { channel: step.channel ?? "email", template: step.template, step: step.offset_days };
}
