/** Tabs that are places: each is a link, and the URL says which one is open. */
import { Link } from "wouter";

import classes from "./tab-links.module.css";

export interface Tab {
  key: string;
  label: string;
  href: string;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  current: string;
}

export function TabLinks({ label, tabs, current }: Props) {
  return (
    <nav aria-label={label} className={classes.scroll}>
      <ul className={classes.tabs}>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <Link
              href={tab.href}
              className={classes.tab}
              aria-current={tab.key === current ? "page" : undefined}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
