/** Issue a draft, or ask a second person to allow it where a rule or the credit limit wants one. */
import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ApiError } from "@/api/client";
import { companyQuery } from "@/api/company";
import { customerQuery } from "@/api/customer-search";
import type { Invoice } from "@/api/models";
import { whyUnsent } from "@/approvals/unsent";
import { Consequences } from "@/components/consequences";
import { Dialog, DialogForm } from "@/components/dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useMoney } from "@/i18n/use-money";

import { wantsApproval } from "./approval-rules";
import { closing } from "./closing";
import { overLimit } from "./credit-check";
import type { DialogProps } from "./invoice-dialogs";
import { useIssue } from "./invoices-api";

export function IssueDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  const command = useIssue(invoice.id);
  const close = closing(command, onClose);
  return (
    <Dialog isOpen={isOpen} title={m.invoices.act.issueTitle} onClose={close}>
      <Issuing invoice={invoice} command={command} onClose={close} />
    </Dialog>
  );
}

interface Props {
  invoice: Invoice;
  command: ReturnType<typeof useIssue>;
  onClose: () => void;
}

function Issuing({ invoice, command, onClose }: Props) {
  const { m } = useLanguage();
  const notify = useToast();
  const needs = useNeeds(invoice, command.error);
  const { email } = invoice.customer;
  const [isSending, setSending] = useState(email !== null);
  const sends = isSending && email !== null;
  const confirm = () =>
    command.mutate(
      { send: sends, ...(needs.isBlocked && { ask_approval: true }) },
      {
        onSuccess: (after) => {
          onClose();
          const isIssued = after.number !== null;
          notify({
            tone: "good",
            text: isIssued ? m.invoices.act.issued(after.number ?? "") : m.changes.asked,
          });
          for (const code of whyUnsent(after.warnings)) {
            notify({ tone: "bad", text: m.approvals.notSent(m.common.errors.byCode[code] ?? code) });
          }
        },
      },
    );
  return (
    <DialogForm
      action={needs.isAsking ? m.changes.askApproval : m.invoices.act.issue}
      isPending={command.isPending}
      error={needs.isBlocked && isOverLimit(command.error) ? null : command.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{m.invoices.act.issueBody}</p>
      {email === null ? (
        <p>{m.invoices.act.issueNoEmail}</p>
      ) : (
        <Checkbox
          label={m.invoices.act.issueSend}
          description={email}
          checked={isSending}
          onChange={(event) => setSending(event.currentTarget.checked)}
        />
      )}
      <Consequences
        lines={[...needs.lines, sends && !needs.isAsking ? m.changes.schedule.sends(email) : null]}
      />
    </DialogForm>
  );
}

interface Needs {
  /** Beyond a limit that blocks: it has to be asked for by name. */
  isBlocked: boolean;
  isAsking: boolean;
  lines: (string | null)[];
}

function useNeeds(invoice: Invoice, error: ApiError | null): Needs {
  const { m } = useLanguage();
  const words = m.changes.issue;
  const money = useMoney(invoice.currency);
  const company = useQuery(companyQuery);
  const customer = useQuery(customerQuery(invoice.customer_id));
  const over = overLimit(customer.data, invoice);
  const blocks = over !== null && company.data?.credit_limit_action === "block";
  const isBlocked = blocks || isOverLimit(error);
  const isRule = wantsApproval(company.data?.approval_rules, "issue", invoice, invoice.total_minor);
  const lines = [
    over === null ? null : words.overLimit(money(over.owedMinor), money(over.limitMinor)),
    isBlocked ? words.blocked : over === null ? null : words.warned,
    isRule ? words.rule : null,
    isBlocked || isRule ? words.waits : words.owes(money(invoice.total_minor)),
  ];
  return { isBlocked, isAsking: isBlocked || isRule, lines };
}

function isOverLimit(error: ApiError | null): boolean {
  return error?.problem?.type.split(":").at(-1) === "credit_limit";
}
