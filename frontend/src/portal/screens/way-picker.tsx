/** The ways to pay, one to be chosen: those of the company in its order, then the transfer. */
import { useId } from "react";

import { formatMoney } from "@/lib/money";

import type { Account } from "../model";
import { useAllWords } from "../words";
import classes from "./pay.module.css";

export const TRANSFER = "transfer";

interface Props {
  account: Account;
  amountMinor: number;
  chosen: string;
  pick: (way: string) => void;
}

export function WayPicker({ account, amountMinor, chosen, pick }: Props) {
  const { w, locale } = useAllWords();
  const { currency, transfer } = account;
  const name = useId();
  const ways = account.ways.map(({ provider, title, minimum_minor: minimum }) => ({
    key: provider,
    title: w.pay.way[provider] ?? title,
    hint:
      minimum > amountMinor
        ? w.pay.minimum(formatMoney(minimum, currency, locale))
        : (w.pay.wayHint[provider] ?? ""),
    isUsable: minimum <= amountMinor,
  }));
  if (transfer !== null) {
    ways.push({ key: TRANSFER, title: w.pay.transfer, hint: w.pay.transferHint, isUsable: true });
  }
  return (
    <fieldset className={classes.ways}>
      <legend>{w.pay.ways}</legend>
      {ways.map(({ key, title, hint, isUsable }) => (
        <label key={key} className={classes.way} aria-disabled={!isUsable || undefined}>
          <input
            type="radio"
            name={name}
            value={key}
            checked={key === chosen}
            disabled={!isUsable}
            onChange={() => pick(key)}
          />
          <span>
            <span className={classes.wayTitle}>{title}</span>
            {hint === "" ? null : <span className={classes.wayHint}>{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
