/** A letter in the list: to whom and where, since when it waits, what it claims, what to do with it. */
import { Button, Group } from "@mantine/core";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import type { MessageRow } from "@/api/models";
import type { Column } from "@/components/list-types";
import { Money } from "@/components/money";
import { endpoints, pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import type { LetterState } from "./letters-api";
import classes from "./letters.module.css";

type Ask = (what: "posted" | "notPosted", row: MessageRow) => void;

export function useColumns(state: LetterState, ask: Ask): Column<MessageRow>[] {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.paper.letters;
  const amount = (row: MessageRow) => <Money minor={row.amount_minor} currency={row.currency} />;
  const when = (row: MessageRow) =>
    formatInstant(state === "sent" ? (row.sent_at ?? row.created_at) : row.created_at, locale, timeZone);
  return [
    {
      key: "customer",
      header: words.customer,
      phone: "title",
      render: (row) => (
        <Link href={pages.customer(row.customer_id)} className={classes.name}>
          {row.customer_name}
        </Link>
      ),
      renderOnCard: (row) => (
        <>
          <Link href={pages.customer(row.customer_id)} className={classes.name}>
            {row.customer_name}
          </Link>
          <span className={classes.place}>
            {[row.to.replace(/\s*\n\s*/g, ", "), row.reason && wordFor(m.words.messageReason, row.reason)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </>
      ),
    },
    {
      key: "address",
      header: words.address,
      phone: "hidden",
      render: (row) => (
        <span className={classes.address}>
          {row.to}
          {row.reason === null ? null : (
            <span className={classes.soft}>{wordFor(m.words.messageReason, row.reason)}</span>
          )}
        </span>
      ),
    },
    {
      key: "written",
      header: state === "sent" ? words.posted : words.written,
      phone: "hidden",
      nowrap: true,
      render: when,
    },
    { key: "amount", header: words.amount, phone: "amount", align: "right", render: amount },
    {
      key: "actions",
      header: words.what,
      phone: "state",
      align: "right",
      render: (row) => <Actions row={row} state={state} ask={ask} />,
    },
  ];
}

function Actions({ row, state, ask }: { row: MessageRow; state: LetterState; ask: Ask }) {
  const { m } = useLanguage();
  const words = m.paper.letters;
  const canPost = useCan("collector") && state === "to_post";
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap" className={classes.actions}>
      <Button
        component="a"
        href={endpoints.messagePdf(row.customer_id, row.id)}
        target="_blank"
        size="compact-sm"
        variant="default"
      >
        {words.see}
      </Button>
      {canPost ? (
        <>
          <Button size="compact-sm" variant="default" onClick={() => ask("posted", row)}>
            {words.mark}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => ask("notPosted", row)}>
            {words.notPosted}
          </Button>
        </>
      ) : null}
    </Group>
  );
}
