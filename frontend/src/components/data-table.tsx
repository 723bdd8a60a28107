/**
 * A list from the server: a table with a sticky head on wide screens, cards on a phone. It draws its
 * four states itself. j and k move between rows, Enter opens, x selects.
 */
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useRef } from "react";

import { useRowKeys } from "@/lib/row-keys";

import { CardList } from "./card-list";
import classes from "./data-table.module.css";
import { ErrorState } from "./error-state";
import type { ListProps } from "./list-types";
import { SelectAll, SelectRow } from "./row-boxes";
import { ListSkeleton } from "./skeletons";

interface Props<Row> extends Omit<ListProps<Row>, "rows"> {
  rows: readonly Row[] | undefined;
  error: Error | null;
  retry: () => void;
  empty: ReactNode;
  /** True while other rows are being fetched: those shown stay, paler. */
  isStale?: boolean;
  /** Below the rows: `Pager`. */
  footer?: ReactNode;
}

export const PHONE = "(max-width: 47.99em)";

export function DataTable<Row>({ rows, error, retry, empty, isStale, footer, ...list }: Props<Row>) {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const frame = useRef<HTMLDivElement>(null);
  useRowKeys(frame);
  if (error !== null && rows === undefined) return <ErrorState error={error} retry={retry} />;
  if (rows === undefined) return <ListSkeleton />;
  if (rows.length === 0) return <>{empty}</>;
  const List = isPhone ? CardList<Row> : WideTable<Row>;
  return (
    <div ref={frame} className={classes.frame} aria-busy={isStale} data-stale={isStale}>
      <List {...list} rows={rows} />
      {footer}
    </div>
  );
}

function WideTable<Row>({ label, columns, rows, idOf, nameOf, selection }: ListProps<Row>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {selection ? (
            <th scope="col" className={classes.pick}>
              <SelectAll rows={rows} idOf={idOf} selection={selection} />
            </th>
          ) : null}
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              data-align={column.align}
              data-wide={column.wideOnly}
              style={{ width: column.width }}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={idOf(row)} data-row data-selected={selection?.selected.has(idOf(row))}>
            {selection ? (
              <td className={classes.pick}>
                <SelectRow row={row} id={idOf(row)} name={nameOf(row)} selection={selection} />
              </td>
            ) : null}
            {columns.map((column) => (
              <td
                key={column.key}
                data-align={column.align}
                data-nowrap={column.nowrap}
                data-wide={column.wideOnly}
              >
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
