/** The head of a screen: its name (also the tab's title), a line below, and its actions. */
import type { ReactNode } from "react";
import { Link } from "wouter";

import { useTitle } from "@/lib/use-title";

import classes from "./page-header.module.css";

interface Props {
  title: string;
  /** Where the title leads, when it names something with a page of its own. */
  href?: string;
  /** Where one comes from: a link above the title. */
  crumb?: ReactNode;
  detail?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, href, crumb, detail, actions }: Props) {
  useTitle(title);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {crumb ? <div className={classes.crumb}>{crumb}</div> : null}
        <h1 className={classes.title}>
          {href ? (
            <Link href={href} className={classes.link}>
              {title}
            </Link>
          ) : (
            title
          )}
        </h1>
        {detail ? <div className={classes.detail}>{detail}</div> : null}
      </div>
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </header>
  );
}
