/** Tabs that are places: each is a link, and the URL says which one is open. */
import { useEffect, useRef } from "react";
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
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const nav = frame.current;
    const tab = nav?.querySelector<HTMLElement>('[aria-current="page"]');
    if (!nav || !tab || nav.scrollWidth <= nav.clientWidth) return;
    nav.scrollLeft = tab.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
  }, [current]);
  return (
    <nav ref={frame} aria-label={label} className={classes.scroll}>
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
