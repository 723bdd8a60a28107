/** The first few things that failed, are uncertain, or wait for a person. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { WorkItemRow } from "@/api/models";
import { ErrorState } from "@/components/error-state";
import { Icon } from "@/components/icon";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";

import { attentionQuery, lettersWaitingQuery } from "./home-api";
import classes from "./home.module.css";

/** Who it is about; where it is about nobody, the data of the matter itself. */
function About({ item }: { item: WorkItemRow }) {
  const { m } = useLanguage();
  const { customer_id: id, customer_name: name } = item;
  if (name === null) return <span className={classes.rowData}>{item.detail}</span>;
  return <span className={classes.rowDetail}>{customerName(id, name, m)}</span>;
}

interface Props {
  count: number;
  hasMore: boolean;
  /** How many questions wait for a second person. */
  approvals: number;
}

export function AttentionPanel({ count, hasMore, approvals }: Props) {
  const { m } = useLanguage();
  const letters = useQuery(lettersWaitingQuery).data ?? null;
  const aside =
    count > 0 ? <Link href={pages.work}>{m.home.attentionAll(count, hasMore)}</Link> : null;
  return (
    <Panel title={m.home.attention} aside={aside} padding="flush">
      {approvals > 0 ? <Waiting href={pages.approvals} text={m.home.approvals(approvals)} /> : null}
      {letters === null ? null : <Waiting href={pages.letters} text={m.home.letters(letters)} />}
      <Items isAlone={approvals === 0 && letters === null} />
    </Panel>
  );
}

/** What waits for a person on a screen of its own. */
function Waiting({ href, text }: { href: string; text: string }) {
  return (
    <Link href={href} className={`${classes.row ?? ""} ${classes.approvals ?? ""}`}>
      <span className={classes.rowTitle}>{text}</span>
      <Icon name="next" size={16} />
    </Link>
  );
}

function Items({ isAlone }: { isAlone: boolean }) {
  const { m } = useLanguage();
  const items = useQuery(attentionQuery);
  if (items.isLoadingError) return <ErrorState error={items.error} retry={() => void items.refetch()} />;
  if (items.data === undefined) return <ListSkeleton rows={3} />;
  if (items.data.items.length === 0) {
    return isAlone ? <p className={classes.quiet}>{m.home.attentionNone}</p> : null;
  }
  return (
    <ul className={classes.rows}>
      {items.data.items.map((item) => (
        <li key={item.key}>
          <Link href={`${pages.work}#${item.key}`} className={classes.row}>
            <span className={classes.rowTitle}>{wordFor(m.words.what, item.what)}</span>
            {item.amount_minor !== null && item.currency !== null ? (
              <Money minor={item.amount_minor} currency={item.currency} />
            ) : null}
            <About item={item} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
