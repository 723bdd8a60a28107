/** The foot of a list: on to the next page, or back to the first. The browser's Back goes one back. */
import { Button } from "@mantine/core";

import { useLanguage } from "@/i18n";

import { Icon } from "./icon";
import classes from "./pager.module.css";

interface Props {
  count: number;
  hasEarlier: boolean;
  nextCursor: string | null;
  onNext: (cursor: string) => void;
  onFirst: () => void;
}

export function Pager({ count, hasEarlier, nextCursor, onNext, onFirst }: Props) {
  const { m } = useLanguage();
  if (!hasEarlier && nextCursor === null) return null;
  return (
    <nav className={classes.pager} aria-label={m.common.list.pages}>
      <span>{m.common.list.rows(count)}</span>
      <span className={classes.buttons}>
        {hasEarlier ? (
          <Button size="xs" variant="default" onClick={onFirst}>
            {m.common.list.first}
          </Button>
        ) : null}
        {nextCursor !== null ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => onNext(nextCursor)}
            rightSection={<Icon name="next" size={14} />}
          >
            {m.common.list.next}
          </Button>
        ) : null}
      </span>
    </nav>
  );
}
