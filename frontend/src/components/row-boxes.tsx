/** The boxes that select one row, or all rows of a page. */
import { Checkbox } from "@mantine/core";

import { useLanguage } from "@/i18n";

import type { ListProps, Selection } from "./list-types";

interface RowBox<Row> {
  row: Row;
  id: string;
  name: string;
  selection: Selection<Row>;
}

export function SelectRow<Row>({ row, id, name, selection }: RowBox<Row>) {
  const { m } = useLanguage();
  if (!selection.isSelectable(row)) return null;
  const toggle = () => {
    const next = new Map(selection.selected);
    if (!next.delete(id)) next.set(id, row);
    selection.change(next);
  };
  return (
    <Checkbox
      size="xs"
      aria-label={m.common.list.select(name)}
      checked={selection.selected.has(id)}
      onChange={toggle}
      data-row-box
    />
  );
}

type SelectAllProps<Row> = Pick<ListProps<Row>, "rows" | "idOf"> & {
  selection: Selection<Row>;
  /** Above cards there is no column that says what the box is for. */
  isLabelled?: true;
};

export function SelectAll<Row>({ rows, idOf, selection, isLabelled }: SelectAllProps<Row>) {
  const { m } = useLanguage();
  const choosable = rows.filter((row) => selection.isSelectable(row));
  const chosen = choosable.filter((row) => selection.selected.has(idOf(row))).length;
  const isAll = chosen > 0 && chosen === choosable.length;
  const toggle = () => {
    const next = new Map(selection.selected);
    for (const row of choosable) {
      if (isAll) next.delete(idOf(row));
      else next.set(idOf(row), row);
    }
    selection.change(next);
  };
  return (
    <Checkbox
      size="xs"
      {...(isLabelled ? { label: m.common.list.selectAll } : { "aria-label": m.common.list.selectAll })}
      disabled={choosable.length === 0}
      checked={isAll}
      indeterminate={chosen > 0 && !isAll}
      onChange={toggle}
    />
  );
}
