/** What was asked for is done: a screen of its own, so that focus and title tell that it is. */
import type { ReactNode } from "react";

import { LinkButton } from "../base/button";
import { Actions, Notice } from "../base/parts";
import { Screen } from "../base/screen";
import { pages } from "../paths";
import { useWords } from "../words";

interface Props {
  title: string;
  body: string;
  children?: ReactNode;
}

export function Done({ title, body, children }: Props) {
  const { w } = useWords();
  return (
    <Screen title={title} key="done">
      <Notice tone="good">{body}</Notice>
      <Actions>
        <LinkButton kind="main" to={pages.home}>
          {w.shell.toInvoices}
        </LinkButton>
        {children}
      </Actions>
    </Screen>
  );
}
