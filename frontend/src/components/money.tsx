/** An amount with its currency, in tabular figures. The one way amounts reach the screen. */
import { useLanguage } from "@/i18n";
import { formatMoney } from "@/lib/money";

import classes from "./money.module.css";

interface Props {
  minor: number;
  currency: string;
  /** `large` is for what is owed; `bad` only for what is overdue. */
  size?: "normal" | "strong" | "large" | "huge";
  tone?: "normal" | "soft" | "bad";
}

export function Money({ minor, currency, size = "normal", tone = "normal" }: Props) {
  const { locale } = useLanguage();
  return (
    <span className={classes.money} data-size={size} data-tone={tone}>
      {formatMoney(minor, currency, locale)}
    </span>
  );
}
