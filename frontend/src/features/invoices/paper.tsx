/** An invoice as it stands on paper: seller, customer, lines, taxes, total. Used by page and editor. */
import type { Invoice, Party, Preview } from "@/api/models";
import { Money } from "@/components/money";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatAmount, formatMoney, formatPlain } from "@/lib/money";
import { formatRate } from "@/lib/rates";

import classes from "./paper.module.css";

export interface PaperContent {
  number: string | null;
  seller: Pick<Party, "name" | "tax_id" | "address">;
  customer: Pick<Party, "name" | "tax_id" | "address"> | null;
  currency: string;
  issueDate: string | null;
  dueDate: string | null;
  purchaseOrder: string | null;
  notes: string | null;
  /** What is offered for paying early; until which day, once it is issued. */
  discount: { rate: string; days: number; until: string | null } | null;
  amounts: Pick<Preview, "lines" | "taxes" | "net_minor" | "total_minor"> | null;
}

export function paperOf(invoice: Invoice, seller: PaperContent["seller"]): PaperContent {
  return {
    number: invoice.number,
    seller: invoice.seller ?? seller,
    customer: invoice.customer,
    currency: invoice.currency,
    issueDate: invoice.issue_date,
    dueDate: invoice.due_date,
    purchaseOrder: invoice.purchase_order,
    notes: invoice.notes,
    discount: invoice.discount,
    amounts: invoice,
  };
}

export function Paper({ content }: { content: PaperContent }) {
  const { m } = useLanguage();
  const words = m.invoices.page;
  return (
    <article className={classes.paper}>
      <header className={classes.head}>
        <PartyBlock party={content.seller} />
        <Facts content={content} />
      </header>
      {content.customer ? (
        <section>
          <h2 className={classes.label}>{words.customer}</h2>
          <PartyBlock party={content.customer} />
        </section>
      ) : null}
      {content.amounts ? <Lines amounts={content.amounts} currency={content.currency} /> : null}
      {content.amounts ? <Totals amounts={content.amounts} currency={content.currency} /> : null}
      {content.discount ? <EarlyPayment discount={content.discount} /> : null}
      {content.notes ? <p className={classes.notes}>{content.notes}</p> : null}
    </article>
  );
}

function EarlyPayment({ discount }: { discount: NonNullable<PaperContent["discount"]> }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.page;
  const rate = formatRate(discount.rate, locale);
  return (
    <p className={classes.notes}>
      {discount.until === null
        ? words.earlyPayment(rate, discount.days)
        : words.earlyPaymentUntil(rate, formatDay(discount.until, locale))}
    </p>
  );
}

function PartyBlock({ party }: { party: Pick<Party, "name" | "tax_id" | "address"> }) {
  return (
    <div className={classes.party}>
      <strong>{party.name}</strong>
      {party.tax_id ? <span>{party.tax_id}</span> : null}
      {party.address ? <span>{party.address}</span> : null}
    </div>
  );
}

function Facts({ content }: { content: PaperContent }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.page;
  const day = (text: string | null) => (text ? formatDay(text, locale) : null);
  const facts = [
    [words.number, content.number ?? m.invoices.draftNumber],
    [words.issueDate, day(content.issueDate)],
    [words.dueDate, day(content.dueDate)],
    [words.purchaseOrder, content.purchaseOrder],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

type Amounts = NonNullable<PaperContent["amounts"]>;

function Lines({ amounts, currency }: { amounts: Amounts; currency: string }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.page;
  const hasDiscount = amounts.lines.some((line) => line.discount_rate !== "0");
  return (
    <table className={classes.lines}>
      <thead>
        <tr>
          <th scope="col">{words.description}</th>
          <th scope="col">{words.quantity}</th>
          <th scope="col">{words.price}</th>
          {hasDiscount ? <th scope="col">{words.discount}</th> : null}
          <th scope="col">{words.tax}</th>
          <th scope="col">{words.net}</th>
        </tr>
      </thead>
      <tbody>
        {amounts.lines.map((line, index) => (
          // Lines have no identity of their own but their place.
          <tr key={index}>
            <td>{line.description}</td>
            <td data-label={words.quantity}>{formatPlain(line.quantity, locale)}</td>
            <td data-label={words.price}>{formatAmount(line.unit_price_minor, currency, locale)}</td>
            {hasDiscount ? (
              <td data-label={words.discount}>
                {line.discount_rate === "0" ? "" : formatRate(line.discount_rate, locale)}
              </td>
            ) : null}
            <td data-label={words.tax}>{formatRate(line.tax_rate, locale)}</td>
            <td>{formatAmount(line.net_minor, currency, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Totals({ amounts, currency }: { amounts: Amounts; currency: string }) {
  const { m, locale } = useLanguage();
  const words = m.invoices.page;
  return (
    <dl className={classes.totals}>
      <div>
        <dt>{words.netTotal}</dt>
        <dd>
          <Money minor={amounts.net_minor} currency={currency} />
        </dd>
      </div>
      {amounts.taxes.map((tax) => (
        <div key={tax.rate}>
          <dt>
            {words.taxOf(formatRate(tax.rate, locale), formatMoney(tax.base_minor, currency, locale))}
          </dt>
          <dd>
            <Money minor={tax.tax_minor} currency={currency} />
          </dd>
        </div>
      ))}
      <div className={classes.total}>
        <dt>{words.total}</dt>
        <dd>
          <Money minor={amounts.total_minor} currency={currency} size="large" />
        </dd>
      </div>
    </dl>
  );
}
