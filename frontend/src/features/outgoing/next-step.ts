/** A row of the list as the actions on a chase take it. */
import type { OutgoingItem } from "@/api/models";
import type { NextStep } from "@/chase/chase-api";

export function nextStepOf(item: OutgoingItem): NextStep {
  return {
    customerId: item.customer_id,
    customerName: item.customer_name,
    currency: item.currency,
    channel: item.channel,
    step: item.step,
    stepId: item.step_id,
    template: item.template,
    at: item.at,
    sendNowAt: item.send_now_at,
    reason: item.reason_none,
  };
}
