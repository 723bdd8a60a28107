/** The first few things that failed, are uncertain, or wait for a person. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { WorkItemRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import { attentionQuery } from "./home-api";
import classes from "./home.module.css";

const UNIDENTIFIED = "unidentified"; // the API's stand-in for money without an owner

function whoOrWhat(item: WorkItemRow): string {
  const isKnown = item.customer_id !== null && item.customer_id !== UNIDENTIFIED;
  return (isKnown ? item.customer_name : null) ?? item.detail;
}

interface Props {
  count: number;
  hasMore: boolean;
}

export function AttentionPanel({ count, hasMore }: Props) {
  const { m } = useLanguage();
  const aside =
    count > 0 ? <Link href={pages.work}>{m.home.attentionAll(count, hasMore)}</Link> : null;
  return (
    <Panel title={m.home.attention} aside={aside} padding="flush">
      <Items />
    </Panel>
  );
}

function Items() {
  const { m } = useLanguage();
  const items = useQuery(attentionQuery);
  if (items.isLoadingError) return <ErrorState error={items.error} retry={() => void items.refetch()} />;
  if (items.data === undefined) return <ListSkeleton rows={3} />;
  if (items.data.items.length === 0) return <p className={classes.quiet}>{m.home.attentionNone}</p>;
  return (
    <ul className={classes.rows}>
      {items.data.items.map((item) => (
        <li key={item.key}>
          <Link href={`${pages.work}#${item.key}`} className={classes.row}>
            <span className={classes.rowTitle}>{wordFor(m.words.what, item.what)}</span>
            {item.amount_minor !== null && item.currency !== null ? (
              <Money minor={item.amount_minor} currency={item.currency} />
            ) : null}
            <span className={classes.rowDetail}>{whoOrWhat(item)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
