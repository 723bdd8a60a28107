/** Whole seconds until an instant, by the clock of this machine; 0 once it has come. */
import { useEffect, useState } from "react";

const MOST = 60; // the server gives a minute; a clock that is wrong must not promise more

export function useSecondsLeft(until: string | null): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) return;
    const count = () => {
      const seconds = Math.ceil((Date.parse(until) - Date.now()) / 1_000);
      setLeft(Math.min(Math.max(seconds, 0), MOST));
    };
    const first = setTimeout(count, 0);
    const each = setInterval(count, 1_000);
    return () => {
      clearTimeout(first);
      clearInterval(each);
    };
  }, [until]);
  return until === null ? null : left;
}
