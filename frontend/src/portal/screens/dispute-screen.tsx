/** Say that an invoice, or a part of it, is not right: why, with what shows it. */
import { useLoaded } from "../base/store";
import { Bones, Card, Failed } from "../base/parts";
import { Screen } from "../base/screen";
import type { Invoice } from "../model";
import { endpoints, pages } from "../paths";
import { useWords } from "../words";
import { DisputeForm } from "./dispute-form";

export default function DisputeScreen({ id }: { id: string }) {
  const { w } = useWords();
  const { data: invoice, error, retry } = useLoaded<Invoice>(endpoints.invoice(id));
  if (invoice === undefined) {
    if (error !== null) return <Failed error={error} retry={retry} />;
    return <Bones heights={[32, 320]} />;
  }
  return (
    <Screen title={w.dispute.title} back={pages.invoice(id)}>
      <p>{w.invoice.title(invoice.number)}</p>
      {invoice.may_dispute_minor > 0 ? (
        <DisputeForm invoice={invoice} />
      ) : (
        <Card>
          <p>{w.dispute.nothing}</p>
        </Card>
      )}
    </Screen>
  );
}
