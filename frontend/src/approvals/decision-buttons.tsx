/** The two answers to a question, as far as this person may give them. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { Approval } from "@/api/models";
import { useLanguage } from "@/i18n";

import { ApproveDialog, RejectDialog } from "./decision-dialogs";

interface Props {
  approval: Approval;
  openMinor: number | null;
  size: "xs" | "sm";
}

export function DecisionButtons({ approval, openMinor, size }: Props) {
  const { m } = useLanguage();
  const me = useMe();
  const canDecide = useCan("accountant");
  const [asked, setAsked] = useState<"approve" | "reject" | null>(null);
  if (!canDecide) return null;
  const isOwn = approval.requested_by === me.email;
  const close = () => setAsked(null);
  return (
    <>
      {isOwn ? null : (
        <Button size={size} onClick={() => setAsked("approve")}>
          {m.approvals.approve}
        </Button>
      )}
      <Button size={size} variant="default" onClick={() => setAsked("reject")}>
        {isOwn ? m.approvals.withdraw : m.approvals.reject}
      </Button>
      <ApproveDialog
        approval={approval}
        openMinor={openMinor}
        isOpen={asked === "approve"}
        onClose={close}
      />
      <RejectDialog approval={approval} isOwn={isOwn} isOpen={asked === "reject"} onClose={close} />
    </>
  );
}
