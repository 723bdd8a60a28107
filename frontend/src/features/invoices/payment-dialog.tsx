/** All that a payer types or scans, to read out on the telephone or to show. */
import { useQuery } from "@tanstack/react-query";

import { Dialog } from "@/components/dialog";
import { ErrorState } from "@/components/error-state";
import { KeyValue } from "@/components/key-value";
import { ListSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import type { DialogProps } from "./invoice-dialogs";
import { paymentDetailsQuery } from "./invoices-api";
import classes from "./payment-panel.module.css";

export function PaymentDialog({ invoice, isOpen, onClose }: DialogProps) {
  const { m } = useLanguage();
  return (
    <Dialog isOpen={isOpen} title={m.invoices.transfer.title} onClose={onClose}>
      {isOpen ? <Details id={invoice.id} /> : null}
    </Dialog>
  );
}

function Details({ id }: { id: string }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.transfer;
  const details = useQuery(paymentDetailsQuery(id));
  if (details.isLoadingError) {
    return <ErrorState error={details.error} retry={() => void details.refetch()} />;
  }
  if (details.data === undefined) return <ListSkeleton />;
  const { data } = details;
  return (
    <div className={classes.details}>
      <KeyValue
        items={[
          [words.beneficiary, data.beneficiary],
          [words.iban, data.iban_grouped],
          [words.amount, formatMoney(data.amount_minor, data.currency, locale)],
          [words.reference, data.reference_grouped],
        ]}
      />
      {data.iban === null ? <p>{words.noIban}</p> : null}
      {data.qr_svg ? (
        <figure className={classes.figure}>
          <img
            src={`data:image/svg+xml,${encodeURIComponent(data.qr_svg)}`}
            alt={words.code}
            className={classes.code}
          />
          <figcaption className={classes.label}>{words.scan}</figcaption>
        </figure>
      ) : data.iban !== null && data.amount_minor > 0 ? (
        <p>{words.noCode}</p>
      ) : null}
    </div>
  );
}
