/** The same list on a phone: each row a card with its title and amount on top. */
import classes from "./card-list.module.css";
import type { ListProps } from "./list-types";
import { SelectAll, SelectRow } from "./row-boxes";

export function CardList<Row>({ label, columns, rows, idOf, nameOf, selection }: ListProps<Row>) {
  const cells = (place: string, row: Row) =>
    columns.flatMap((column) => {
      const cell = column.phone === place ? (column.renderOnCard ?? column.render)(row) : null;
      return cell === null ? [] : <span key={column.key}>{cell}</span>;
    });
  return (
    <>
      {selection ? (
        <div className={classes.all}>
          <SelectAll rows={rows} idOf={idOf} selection={selection} isLabelled />
        </div>
      ) : null}
      <ul className={classes.list} aria-label={label}>
        {rows.map((row) => (
          <li key={idOf(row)} className={classes.card} data-row>
            {selection ? (
              <span className={classes.pick}>
                <SelectRow row={row} id={idOf(row)} name={nameOf(row)} selection={selection} />
              </span>
            ) : null}
            <div className={classes.body}>
              <div className={classes.line}>
                <span className={classes.title}>{cells("title", row)}</span>
                <span className={classes.amount}>{cells("amount", row)}</span>
              </div>
              <div className={classes.line}>
                <span className={classes.meta}>{cells("meta", row)}</span>
                <span className={classes.state}>{cells("state", row)}</span>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
