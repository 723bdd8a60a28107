/** The link opens nothing (any more): nothing is said about whose it was, only what to do. */
import { useEffect, useRef } from "react";

import { Languages } from "../base/shell";
import { Card } from "../base/parts";
import { useWords } from "../words";
import { Alone } from "./alone";

export function Closed({ hasLeft = false }: { hasLeft?: boolean }) {
  const { w } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const title = hasLeft ? w.closed.signedOut : w.closed.title;
  useEffect(() => {
    document.title = title;
    heading.current?.focus();
  }, [title]);
  return (
    <Alone corner={<Languages />}>
      <Card>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {hasLeft ? <p>{w.closed.signedOutBody}</p> : <p>{w.closed.body}</p>}
        {hasLeft ? null : <p>{w.closed.todo}</p>}
      </Card>
    </Alone>
  );
}
