/** Says that what is shown could not be read again, and how old it is: figures are never silently old. */
import { Button } from "@mantine/core";
import { type Query, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

import { ApiError } from "@/api/client";
import { useLanguage } from "@/i18n";
import { formatTime } from "@/lib/dates";

import classes from "./shell.module.css";

function isOutdated(query: Query): boolean {
  const { error, data } = query.state;
  // An ended session has a dialog of its own.
  const isSignedOut = error instanceof ApiError && error.status === 401;
  return error !== null && !isSignedOut && data !== undefined && query.isActive();
}

export function StaleNote() {
  const { m, locale } = useLanguage();
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const subscribe = useCallback((notify: () => void) => cache.subscribe(notify), [cache]);
  const oldest = useSyncExternalStore(subscribe, () => {
    const outdated = cache.getAll().filter(isOutdated);
    return outdated.length === 0
      ? null
      : Math.min(...outdated.map((query) => query.state.dataUpdatedAt));
  });
  if (oldest === null) return null;
  return (
    <p className={classes.frozen} role="status">
      {m.common.errors.outdated(formatTime(oldest, locale))}{" "}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void queries.refetchQueries({ predicate: isOutdated })}
      >
        {m.common.actions.retry}
      </Button>
    </p>
  );
}
