/** Late interest step by step: days, what was open on them, at which rate and by which source. */
import { Fragment } from "react";

import type { Segment } from "@/api/models";
import { useLanguage } from "@/i18n";
import { formatDay } from "@/lib/dates";
import { formatAmount } from "@/lib/money";
import { formatRate } from "@/lib/rates";

import classes from "./late.module.css";

interface Props {
  segments: readonly Segment[];
  compensationMinor: number;
  feeMinor?: number;
  totalMinor: number;
  currency: string;
}

export function Derivation(props: Props) {
  const { segments, compensationMinor, feeMinor = 0, totalMinor, currency } = props;
  const { m, locale } = useLanguage();
  const words = m.late;
  const amount = (minor: number) => formatAmount(minor, currency, locale);
  return (
    <table className={classes.derivation}>
      <thead>
        <tr>
          <th scope="col">{words.days}</th>
          <th scope="col">{words.principal}</th>
          <th scope="col">{words.rate}</th>
          <th scope="col">{words.interestIn(currency)}</th>
        </tr>
      </thead>
      <tbody>
        {segments.map((segment) => (
          <Fragment key={segment.from_day}>
            <tr>
              <td>
                {`${formatDay(segment.from_day, locale)} – ${formatDay(segment.until_day, locale)}`}
              </td>
              <td>{amount(segment.principal_minor)}</td>
              <td>{formatRate(segment.annual_rate, locale)}</td>
              <td>{amount(segment.interest_minor)}</td>
            </tr>
            <tr className={classes.source}>
              <td colSpan={4}>{`${words.dayCount(segment.days)} · ${segment.source}`}</td>
            </tr>
          </Fragment>
        ))}
        {compensationMinor > 0 ? (
          <tr>
            <td colSpan={3}>{words.compensation}</td>
            <td>{amount(compensationMinor)}</td>
          </tr>
        ) : null}
        {feeMinor > 0 ? (
          <tr>
            <td colSpan={3}>{words.fee}</td>
            <td>{amount(feeMinor)}</td>
          </tr>
        ) : null}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {words.total}
          </th>
          <td>{amount(totalMinor)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
