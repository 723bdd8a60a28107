/** What to type, or scan, for a bank transfer. */
import { exponentOf } from "@/lib/currencies";
import { decimalOf, formatMoney } from "@/lib/money";

import { useHome } from "../base/home";
import { Bones, Card, Failed, Soft } from "../base/parts";
import { useLoaded } from "../base/store";
import type { Transfer } from "../model";
import { endpoints } from "../paths";
import { useAllWords } from "../words";
import { CopyLine } from "./copy-line";
import classes from "./pay.module.css";

interface Props {
  currency: string;
  ids: readonly string[] | null;
}

/** The details of all stand in the first answer; those of a choice are asked for. */
export function TransferDetails({ currency, ids }: Props) {
  const { accounts } = useHome();
  const ofAll = accounts.find((one) => one.currency === currency)?.transfer ?? null;
  const known = ids === null ? ofAll : null;
  const path = ids === null ? null : endpoints.transfer(currency, ids);
  const { data: asked, error, retry } = useLoaded<Transfer>(path);
  const transfer = known ?? asked;
  if (transfer !== undefined) return <Shown transfer={transfer} currency={currency} />;
  return error === null ? <Bones heights={[260]} /> : <Failed error={error} retry={retry} />;
}

function Shown({ transfer, currency }: { transfer: Transfer; currency: string }) {
  const { w, locale } = useAllWords();
  const { beneficiary, amount_minor: minor, reference, text, qr_svg: drawn } = transfer;
  const plain = decimalOf(minor, exponentOf(currency));
  return (
    <Card>
      <div>
        <CopyLine label={w.pay.beneficiary} value={beneficiary} />
        <CopyLine label={w.pay.iban} value={transfer.iban_grouped} copied={transfer.iban} />
        <CopyLine
          label={w.pay.amount}
          value={formatMoney(minor, currency, locale)}
          copied={locale === "es" ? plain.replace(".", ",") : plain}
        />
        {reference === null ? (
          <CopyLine label={w.pay.concept} value={text ?? ""} />
        ) : (
          <CopyLine
            label={w.pay.reference}
            value={transfer.reference_grouped ?? reference}
            copied={reference}
          />
        )}
      </div>
      <p>{w.pay.referenceHint}</p>
      {drawn === null ? null : (
        <figure className={classes.code}>
          <img src={`data:image/svg+xml,${encodeURIComponent(drawn)}`} alt={w.pay.scanAlt} />
          <figcaption>{w.pay.scan}</figcaption>
        </figure>
      )}
      <Soft>{w.pay.toldOnArrival}</Soft>
    </Card>
  );
}
