/** What can be done with a payment or a credit: give it back, take it off invoices, reverse it. */
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { Payment } from "@/api/models";
import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import { RefundDialog } from "./refund-dialog";
import { ReverseDialog } from "./reverse-dialog";
import { leftOf } from "./undo";
import { UndoDialog } from "./undo-dialog";

type Asked = "refund" | "undo" | "reverse";

export function PaymentActions({ payment }: { payment: Payment }) {
  const { m } = useLanguage();
  const words = m.payments.back;
  const isAllowed = useCan("accountant");
  const [asked, setAsked] = useState<Asked | null>(null);
  const isLeft = leftOf(payment) > 0;
  const canUndo = payment.allocations.length > 0;
  const canReverse = isLeft && payment.origin === "money";
  const dialog = { payment, onClose: () => setAsked(null) };
  if (!isAllowed) return null;
  return (
    <>
      {isLeft ? (
        <Button variant="default" onClick={() => setAsked("refund")}>
          {words.refund}
        </Button>
      ) : null}
      {canUndo || canReverse ? (
        <Menu position="bottom-end" shadow="md" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={m.common.actions.more}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {canUndo ? <Menu.Item onClick={() => setAsked("undo")}>{words.undo}</Menu.Item> : null}
            {canReverse ? (
              <Menu.Item color="var(--state-bad)" onClick={() => setAsked("reverse")}>
                {words.reverse}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <RefundDialog {...dialog} isOpen={asked === "refund"} />
      <UndoDialog {...dialog} isOpen={asked === "undo"} />
      <ReverseDialog {...dialog} isOpen={asked === "reverse"} />
    </>
  );
}
