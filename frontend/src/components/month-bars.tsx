/** Two series by month, as columns of an SVG or as a table. Drawn by hand: no library, prints well. */
import { Button } from "@mantine/core";
import { useState } from "react";

import { useLanguage } from "@/i18n";
import { formatMonth, formatMonthLong } from "@/lib/dates";
import { formatAmount, formatMoney, formatMoneyShort } from "@/lib/money";
import { niceTop } from "@/lib/scale";

import classes from "./month-bars.module.css";

export interface MonthPoint {
  month: string;
  first: number;
  second: number;
}

interface Props {
  title: string;
  currency: string;
  names: readonly [first: string, second: string];
  points: readonly MonthPoint[];
}

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 22;
const TOP = 8;

export function MonthBars({ title, currency, names, points }: Props) {
  const { m } = useLanguage();
  const [isTable, setTable] = useState(false);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.legend}>
        <span data-series="first">{names[0]}</span>
        <span data-series="second">{names[1]}</span>
        <Button size="compact-xs" variant="subtle" ml="auto" onClick={() => setTable(!isTable)}>
          {isTable ? m.common.chart.showChart : m.common.chart.showTable}
        </Button>
      </figcaption>
      {isTable ? (
        <MonthTable {...{ title, currency, names, points }} />
      ) : (
        <MonthChart {...{ title, currency, names, points }} />
      )}
    </figure>
  );
}

function MonthChart({ title, currency, names, points }: Props) {
  const { locale } = useLanguage();
  const top = niceTop(Math.max(...points.flatMap(({ first, second }) => [first, second]), 1));
  const height = HEIGHT - TOP - BOTTOM;
  const y = (minor: number) => TOP + height * (1 - Math.max(minor, 0) / top);
  const slot = (WIDTH - LEFT) / Math.max(points.length, 1);
  const bar = Math.min(slot * 0.32, 18);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.chart} role="img" aria-label={title}>
      {[0, top / 2, top].map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} className={classes.line} />
          <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className={classes.tick}>
            {formatMoneyShort(Math.round(tick), currency, locale)}
          </text>
        </g>
      ))}
      {points.map(({ month, first, second }, index) => {
        const middle = LEFT + slot * (index + 0.5);
        return (
          <g key={month}>
            <title>
              {`${formatMonthLong(month, locale)}\n${names[0]}: ${formatMoney(first, currency, locale)}\n${names[1]}: ${formatMoney(second, currency, locale)}`}
            </title>
            <rect x={middle - slot / 2} y={TOP} width={slot} height={height} fill="transparent" />
            <Column x={middle - bar - 1} width={bar} top={y(first)} base={y(0)} series="first" />
            <Column x={middle + 1} width={bar} top={y(second)} base={y(0)} series="second" />
            <text x={middle} y={HEIGHT - 6} textAnchor="middle" className={classes.tick}>
              {formatMonth(month, locale)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface ColumnProps {
  x: number;
  width: number;
  top: number;
  base: number;
  series: "first" | "second";
}

function Column({ x, width, top, base, series }: ColumnProps) {
  return (
    <rect x={x} y={top} width={width} height={base - top} className={classes.bar} data-series={series} />
  );
}

function MonthTable({ title, currency, names, points }: Props) {
  const { locale, m } = useLanguage();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{m.common.chart.month}</th>
            <th scope="col">{`${names[0]} (${currency})`}</th>
            <th scope="col">{`${names[1]} (${currency})`}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ month, first, second }) => (
            <tr key={month}>
              <th scope="row">{formatMonthLong(month, locale)}</th>
              <td>{formatAmount(first, currency, locale)}</td>
              <td>{formatAmount(second, currency, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
