/** Beside the list: the exact message, to whom, and what can be done with it. */
import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import type { OutgoingItem } from "@/api/models";
import { ChaseActions } from "@/chase/chase-actions";
import { nextMessagesQuery } from "@/chase/chase-api";
import { MessageText } from "@/chase/message-text";
import { stepText } from "@/chase/step-words";
import { ErrorState } from "@/components/error-state";
import { ListSkeleton } from "@/components/skeletons";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import { nextStepOf } from "./next-step";
import { Owed } from "./outgoing-row";
import classes from "./outgoing.module.css";

interface Props {
  item: OutgoingItem | undefined;
  onClose: () => void;
}

export function OutgoingPanel({ item, onClose }: Props) {
  const { m } = useLanguage();
  // While it slides away it still shows what it showed.
  const [last, setLast] = useState(item);
  if (item !== undefined && item !== last) setLast(item);
  const shown = item ?? last;
  return (
    <Drawer
      opened={item !== undefined}
      onClose={onClose}
      position="right"
      size="min(600px, 100vw)"
      title={shown === undefined ? null : m.chase.panel(shown.customer_name)}
      closeButtonProps={{ "aria-label": m.common.actions.close }}
    >
      {shown === undefined ? null : <Body item={shown} />}
    </Drawer>
  );
}

function Body({ item }: { item: OutgoingItem }) {
  const { m } = useLanguage();
  return (
    <div className={classes.panel}>
      <div className={classes.panelHead}>
        <Owed item={item} />
        <Link href={pages.customer(item.customer_id)}>{m.chase.seeCustomer}</Link>
      </div>
      {item.template === null ? null : <p className={classes.step}>{stepText(item, m)}</p>}
      {item.reason_none === null ? null : (
        <p className={classes.reason}>{wordFor(m.words.whyNot, item.reason_none)}</p>
      )}
      <ChaseActions step={nextStepOf(item)} />
      <Messages item={item} />
    </div>
  );
}

function Messages({ item }: { item: OutgoingItem }) {
  const next = useQuery(nextMessagesQuery(item.customer_id));
  if (item.template === null) return null; // what comes after the hold is on the customer's page
  if (next.error) return <ErrorState error={next.error} retry={() => void next.refetch()} />;
  if (next.data === undefined) return <ListSkeleton rows={4} />;
  const mine = next.data.filter(({ currency }) => currency === item.currency);
  return (
    <div>
      {mine.map((message) => (
        <MessageText key={message.to ?? ""} message={message} customerId={item.customer_id} />
      ))}
    </div>
  );
}
