/** Yes and no to what waits for a second person, from the inbox and from the invoice itself. */
import { post } from "@/api/client";
import { useCommand } from "@/api/command";
import type { ApproveInput, Invoice, RejectInput } from "@/api/models";
import { endpoints } from "@/config/paths";

export const useApprove = (invoiceId: string) =>
  useCommand((input: ApproveInput, key) =>
    post<Invoice>(endpoints.invoiceApprove(invoiceId), input, key),
  );

export const useReject = (invoiceId: string) =>
  useCommand((input: RejectInput, key) =>
    post<Invoice>(endpoints.invoiceReject(invoiceId), input, key),
  );
