/** Back from a provider's page. What happened is what our server knows, never what the address says. */
import { useSearch } from "wouter";

import { formatMoney } from "@/lib/money";

import { Button, LinkButton } from "../base/button";
import { Actions, Card, Failed, Notice, Soft } from "../base/parts";
import { Screen } from "../base/screen";
import type { CheckoutState } from "../model";
import { pages } from "../paths";
import { useAllWords } from "../words";
import classes from "./back.module.css";
import { openPage } from "./open-page";
import { type Watched, useCheckout } from "./use-checkout";

export default function BackScreen() {
  const { w } = useAllWords();
  const search = useSearch();
  const watched = useCheckout(new URLSearchParams(search));
  const { checkout, error, isSlow } = watched;
  if (error !== null && checkout === null) {
    if (error.status === 404) return <Unknown />;
    return <Failed error={error} retry={watched.retry} />;
  }
  if (checkout === null) return <Waiting />;
  switch (checkout.state) {
    case "paid":
      return <Paid checkout={checkout} />;
    case "processing":
      return <Processing checkout={checkout} />;
    case "closed":
      return (
        <Outcome title={w.back.closed} mark="bad" checkout={checkout}>
          <p>{w.back.closedBody}</p>
          <Again />
        </Outcome>
      );
    case "open":
      return isSlow ? <Unfinished checkout={checkout} watched={watched} /> : <Waiting />;
  }
}

function Waiting() {
  const { w } = useAllWords();
  return (
    <Screen title={w.back.waiting}>
      <Card>
        <div className={classes.waiting} aria-busy="true">
          <span className={classes.wheel} aria-hidden="true" />
          <p>{w.back.waitingBody}</p>
        </div>
      </Card>
    </Screen>
  );
}

interface OutcomeProps {
  title: string;
  mark: "good" | "idle" | "bad";
  checkout: CheckoutState;
  children: React.ReactNode;
}

function Outcome({ title, mark, checkout, children }: OutcomeProps) {
  const { w, locale } = useAllWords();
  const { provider, title: name, numbers } = checkout;
  return (
    <Screen title={title} key={title}>
      <div className={classes.outcome} data-mark={mark}>
        <p className={classes.amount}>
          {formatMoney(checkout.amount_minor, checkout.currency, locale)}
        </p>
        <Soft>
          {w.back.for(listed(numbers))} · {w.pay.way[provider] ?? name}
        </Soft>
        {children}
      </div>
    </Screen>
  );
}

const MOST_NAMED = 5;

function listed(numbers: readonly string[]): string {
  const rest = numbers.length - MOST_NAMED;
  return `${numbers.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` +${rest}` : ""}`;
}

function Paid({ checkout }: { checkout: CheckoutState }) {
  const { w, locale } = useAllWords();
  const amount = formatMoney(checkout.amount_minor, checkout.currency, locale);
  return (
    <Outcome title={w.back.paid} mark="good" checkout={checkout}>
      <p>{w.back.paidBody(amount)}</p>
      <ToInvoices />
    </Outcome>
  );
}

function Processing({ checkout }: { checkout: CheckoutState }) {
  const { w, locale } = useAllWords();
  const amount = formatMoney(checkout.amount_minor, checkout.currency, locale);
  return (
    <Outcome title={w.back.processing} mark="good" checkout={checkout}>
      <p>{w.back.processingBody(amount)}</p>
      <ToInvoices />
    </Outcome>
  );
}

/** Open after a while: the customer left early, or the confirmation is late. We cannot know which. */
function Unfinished({ checkout, watched }: { checkout: CheckoutState; watched: Watched }) {
  const { w } = useAllWords();
  const { url, fields } = checkout;
  return (
    <Outcome title={w.back.slow} mark="idle" checkout={checkout}>
      <Notice>{w.back.slowBody}</Notice>
      <Actions>
        <Button kind="main" onClick={watched.retry}>
          {w.back.checkAgain}
        </Button>
      </Actions>
      <h2>{w.back.cancelled}</h2>
      <p>{w.back.cancelledBody}</p>
      <Actions>
        {url === null ? null : (
          <Button onClick={() => openPage({ url, fields })}>{w.back.takeUp}</Button>
        )}
        <LinkButton to={pages.home}>{w.shell.toInvoices}</LinkButton>
      </Actions>
    </Outcome>
  );
}

function Unknown() {
  const { w } = useAllWords();
  return (
    <Screen title={w.back.unknown}>
      <p>{w.back.unknownBody}</p>
      <ToInvoices />
    </Screen>
  );
}

function ToInvoices() {
  const { w } = useAllWords();
  return (
    <Actions>
      <LinkButton kind="main" to={pages.home}>
        {w.shell.toInvoices}
      </LinkButton>
    </Actions>
  );
}

function Again() {
  const { w } = useAllWords();
  return (
    <Actions>
      <LinkButton kind="main" to={pages.home}>
        {w.back.again}
      </LinkButton>
    </Actions>
  );
}
