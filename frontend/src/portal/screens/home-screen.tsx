/** The first screen: what is owed and since when, which invoices, and the way to pay them. */
import { useEffect, useState } from "react";

import { accountOf, useHome } from "../base/home";
import { Soft } from "../base/parts";
import { useWords } from "../words";
import classes from "./home.module.css";
import { InvoiceList, PaidList } from "./invoice-list";
import { Owed } from "./owed";
import { PayBar } from "./pay-bar";

export function HomeScreen() {
  const { w } = useWords();
  const home = useHome();
  const [currency, setCurrency] = useState<string | null>(null);
  const account = accountOf(home, currency);
  const { customer, company } = home;
  useEffect(() => {
    document.title = `${w.shell.invoices} · ${company.name}`;
    window.scrollTo(0, 0);
  }, [w, company.name]);
  if (account === null) return <NothingOwed name={customer.name} />;
  const currencies = home.accounts.map((one) => one.currency);
  return (
    <div className={classes.home}>
      <div className={classes.what}>
        <Currencies all={currencies} chosen={account.currency} choose={setCurrency} />
        <Owed account={account} />
        <InvoiceList account={account} key={account.currency} />
      </div>
      <div className={classes.paid}>
        <PaidList account={account} />
      </div>
      {account.payable_minor > 0 ? <PayBar account={account} /> : null}
    </div>
  );
}

function NothingOwed({ name }: { name: string }) {
  const { w } = useWords();
  return (
    <div className={classes.owed}>
      <p className={classes.customer}>{name}</p>
      <h1 className={classes.nothing}>{w.home.nothing}</h1>
      <Soft>{w.home.nothingBody}</Soft>
    </div>
  );
}

interface CurrenciesProps {
  all: readonly string[];
  chosen: string;
  choose: (currency: string) => void;
}

/** Two currencies are never added up: one at a time is looked at. */
function Currencies({ all, chosen, choose }: CurrenciesProps) {
  const { w } = useWords();
  if (all.length < 2) return null;
  return (
    <div role="group" aria-label={w.home.currency} className={classes.currencies}>
      {all.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === chosen}
          className={classes.currency}
          onClick={() => choose(one)}
        >
          {one}
        </button>
      ))}
    </div>
  );
}
