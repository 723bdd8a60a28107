/** One invoice: what is left of it, its facts and lines, what was paid, and what can be done. */
import { formatDay } from "@/lib/dates";
import { formatMoney, formatPlain } from "@/lib/money";
import { formatRate } from "@/lib/rates";

import { FileButton, LinkButton } from "../base/button";
import { useHome } from "../base/home";
import { InvoiceState, PartState } from "../base/invoice-state";
import { Actions, Bones, Card, Facts, Failed, Money } from "../base/parts";
import { Screen } from "../base/screen";
import { useLoaded } from "../base/store";
import type { Invoice } from "../model";
import { endpoints, pages } from "../paths";
import { useAllWords } from "../words";
import { InvoiceDisputes } from "./invoice-disputes";
import classes from "./invoice.module.css";

export default function InvoiceScreen({ id }: { id: string }) {
  const { data: invoice, error, retry } = useLoaded<Invoice>(endpoints.invoice(id));
  const { w } = useAllWords();
  if (invoice === undefined) {
    if (error !== null) return <Failed error={error} retry={retry} />;
    return <Bones heights={[32, 120, 200, 160]} />;
  }
  return (
    <Screen title={w.invoice.title(invoice.number)} back={pages.home}>
      <Standing invoice={invoice} />
      <Todo invoice={invoice} />
      <Lines invoice={invoice} />
      <Settled invoice={invoice} />
      <InvoiceDisputes invoice={invoice} />
    </Screen>
  );
}

function Standing({ invoice }: { invoice: Invoice }) {
  const { w, locale } = useAllWords();
  const { currency, open_minor: open, total_minor: total, purchase_order: order } = invoice;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const isOpen = invoice.state === "open";
  return (
    <Card>
      <div>
        <p className={classes.label}>{isOpen ? w.invoice.open : w.invoice.total}</p>
        <p className={classes.amount}>{money(isOpen ? open : total)}</p>
        <p className={classes.states}>
          <InvoiceState row={invoice} />
          {invoice.parts.map((part, index) => (
            <PartState key={index} part={part} currency={currency} />
          ))}
        </p>
      </div>
      <Facts
        lines={[
          { label: w.invoice.due, value: formatDay(invoice.due_date, locale) },
          { label: w.invoice.issued, value: formatDay(invoice.issue_date, locale) },
          isOpen && open !== total ? { label: w.invoice.total, value: money(total) } : null,
          order === null ? null : { label: w.invoice.order, value: order },
        ]}
      />
    </Card>
  );
}

function Todo({ invoice }: { invoice: Invoice }) {
  const { w, locale } = useAllWords();
  const { read_only: isReadOnly } = useHome();
  const { id, currency, payable_minor: payable } = invoice;
  const state = { currency, ids: [id] };
  const canAct = !isReadOnly && invoice.state === "open";
  return (
    <Actions>
      {canAct && payable > 0 ? (
        <LinkButton kind="main" isWide to={pages.pay} state={state}>
          {w.invoice.pay(formatMoney(payable, currency, locale))}
        </LinkButton>
      ) : null}
      {invoice.has_pdf ? (
        <FileButton href={endpoints.invoicePdf(id)}>{w.invoice.pdf}</FileButton>
      ) : null}
      {canAct && invoice.may_promise.may ? (
        <LinkButton to={pages.promise} state={state}>
          {w.home.promise}
        </LinkButton>
      ) : null}
      {canAct && invoice.may_dispute_minor > 0 ? (
        <LinkButton to={pages.dispute(id)}>{w.invoice.dispute}</LinkButton>
      ) : null}
    </Actions>
  );
}

function Lines({ invoice }: { invoice: Invoice }) {
  const { w, locale } = useAllWords();
  const { currency, lines, taxes } = invoice;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  return (
    <Card>
      <h2>{w.invoice.lines}</h2>
      <ul className={classes.lines}>
        {lines.map((line, index) => (
          <li key={index}>
            <p className={classes.what}>{line.description}</p>
            <p className={classes.how}>
              {w.invoice.quantity(formatPlain(line.quantity, locale), money(line.unit_price_minor))}
              {Number(line.discount_rate) === 0
                ? null
                : ` ${w.invoice.discount(formatRate(line.discount_rate, locale))}`}
            </p>
            <p className={classes.net}>{money(line.net_minor)}</p>
          </li>
        ))}
      </ul>
      <Facts
        lines={[
          { label: w.invoice.net, value: money(invoice.net_minor) },
          ...taxes.map(({ rate, tax_minor: tax }) => ({
            label: w.invoice.tax(formatRate(rate, locale)),
            value: money(tax),
          })),
          { label: w.invoice.total, value: money(invoice.total_minor), isSum: true },
        ]}
      />
      {invoice.notes === null ? null : (
        <div>
          <h3>{w.invoice.notes}</h3>
          <p className={classes.notes}>{invoice.notes}</p>
        </div>
      )}
    </Card>
  );
}

function Settled({ invoice }: { invoice: Invoice }) {
  const { w, locale } = useAllWords();
  const { currency, settlements, open_minor: open } = invoice;
  if (settlements.length === 0) return null;
  return (
    <Card>
      <h2>{w.invoice.payments}</h2>
      <ul className={classes.settled}>
        {settlements.map(({ kind, on, amount_minor: minor }, index) => (
          <li key={index}>
            <span>
              {w.invoice.settled[kind]}
              <span className={classes.how}> {formatDay(on, locale)}</span>
            </span>
            <Money minor={-minor} currency={currency} />
          </li>
        ))}
      </ul>
      <Facts
        lines={[
          { label: w.invoice.open, value: <Money minor={open} currency={currency} />, isSum: true },
        ]}
      />
    </Card>
  );
}
