/** What a list is made of: columns, and which rows are selected. */
import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** On a card, where no header says what it is, if it must be drawn otherwise. */
  renderOnCard?: (row: Row) => ReactNode;
  align?: "left" | "right";
  width?: string;
  /** Keep on one line: dates, numbers of documents. */
  nowrap?: true;
  /** Only where there is room to spare. */
  wideOnly?: true;
  /** Its place on a card: beside the title on top, in the line below, or not at all. */
  phone: "title" | "amount" | "state" | "meta" | "hidden";
}

export interface Selection<Row> {
  selected: ReadonlyMap<string, Row>;
  change: (selected: Map<string, Row>) => void;
  /** Rows that cannot be chosen have no box. */
  isSelectable: (row: Row) => boolean;
}

export interface ListProps<Row> {
  /** What the table is, for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** A row in words: "A-000123, Talleres Ibarra". */
  nameOf: (row: Row) => string;
  selection?: Selection<Row>;
}
