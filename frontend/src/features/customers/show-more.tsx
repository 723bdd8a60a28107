/** The foot of a list that grows in place. */
import { Button } from "@mantine/core";

import { CommandError } from "@/components/command-error";
import { useLanguage } from "@/i18n";

import classes from "./customer.module.css";

interface Props {
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: Error | null;
    fetchNextPage: () => unknown;
  };
}

export function ShowMore({ list }: Props) {
  const { m } = useLanguage();
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.more}>
      {list.isFetchNextPageError ? <CommandError error={list.error} /> : null}
      <Button
        size="xs"
        variant="default"
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {m.customers.one.showMore}
      </Button>
    </div>
  );
}
