/** Say that an invoice, or a part of it, is not right: why, with what shows it. */
import { useState } from "react";

import { formatMoney } from "@/lib/money";

import { LinkButton } from "../base/button";
import { Bones, Card, Failed } from "../base/parts";
import { Screen } from "../base/screen";
import { useLoaded } from "../base/store";
import type { Invoice } from "../model";
import { endpoints, pages } from "../paths";
import { useAllWords } from "../words";
import { Done } from "./done";
import { DisputeForm } from "./dispute-form";

export default function DisputeScreen({ id }: { id: string }) {
  const { w, locale } = useAllWords();
  const { data: invoice, error, retry } = useLoaded<Invoice>(endpoints.invoice(id));
  const [contested, setContested] = useState<number | null>(null);
  if (invoice === undefined) {
    if (error !== null) return <Failed error={error} retry={retry} />;
    return <Bones heights={[32, 320]} />;
  }
  if (contested !== null) {
    const amount = formatMoney(contested, invoice.currency, locale);
    return (
      <Done title={w.dispute.done} body={w.dispute.doneBody(amount)}>
        <LinkButton to={pages.invoice(id)}>{w.invoice.title(invoice.number)}</LinkButton>
      </Done>
    );
  }
  return (
    <Screen title={w.dispute.title} back={pages.invoice(id)}>
      <p>{w.invoice.title(invoice.number)}</p>
      {invoice.may_dispute_minor > 0 ? (
        <DisputeForm invoice={invoice} onDone={setContested} />
      ) : (
        <Card>
          <p>{w.dispute.nothing}</p>
        </Card>
      )}
    </Screen>
  );
}
