/** How the invoice is paid by transfer: the reference at hand, the rest with its QR code on demand. */
import { Button, CopyButton } from "@mantine/core";
import { useState } from "react";

import type { Invoice } from "@/api/models";
import { onDemand } from "@/components/on-demand";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";
import { grouped } from "@/lib/grouped";

import classes from "./payment-panel.module.css";

const PaymentDialog = onDemand(async () => (await import("./payment-dialog")).PaymentDialog);

export function PaymentPanel({ invoice }: { invoice: Invoice }) {
  const { m } = useLanguage();
  const words = m.invoices.transfer;
  const [isOpen, setOpen] = useState(false);
  const { payment_reference: reference } = invoice;
  if (reference === null || invoice.state === "void") return null;
  return (
    <Panel title={words.title}>
      <div className={classes.line}>
        <div>
          <div className={classes.label}>{words.reference}</div>
          <div className={classes.reference}>{grouped(reference)}</div>
        </div>
        <CopyButton value={reference}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy} aria-label={words.copyReference}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
      </div>
      {invoice.open_minor > 0 ? (
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {words.show}
        </Button>
      ) : null}
      <PaymentDialog invoice={invoice} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Panel>
  );
}
