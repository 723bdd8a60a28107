/** Addresses that the customer asked for in the portal: nothing goes there until somebody says yes. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useCan } from "@/api/me";
import type { Customer, EmailRequestRow } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { emailRequestsOf, useDecideEmail } from "@/portal-links/portal-links-api";

import classes from "./customer.module.css";

/** The server's name for the customer itself, where a contact's id stands. */
const MAIN = "main";

export function EmailRequests({ customer }: { customer: Customer }) {
  const requests = useQuery(emailRequestsOf(customer.id));
  return (requests.data ?? []).map((one) => (
    <One key={one.contact_id} request={one} customerId={customer.id} />
  ));
}

function One({ request, customerId }: { request: EmailRequestRow; customerId: string }) {
  const { m } = useLanguage();
  const words = m.portal.email;
  const notify = useToast();
  const canDecide = useCan("collector");
  const decide = useDecideEmail(customerId, request.contact_id);
  const say = (step: "accept" | "decline", text: string) =>
    decide.mutate(step, { onSuccess: () => notify({ tone: "good", text }) });
  return (
    <div className={classes.asking} role="status">
      <p className={classes.strong}>
        {request.contact_id === MAIN ? words.askedSelf(request.email) : words.asked(request.by, request.email)}
      </p>
      <p className={classes.rowDetail}>
        {request.before === null ? null : `${words.before(request.before)} `}
        {words.care}
      </p>
      <CommandError error={decide.error} />
      {canDecide ? (
        <div className={classes.answers}>
          <Button size="xs" loading={decide.isPending} onClick={() => say("accept", words.accepted)}>
            {words.accept}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={decide.isPending}
            onClick={() => say("decline", words.declined)}
          >
            {words.decline}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
