/** Where one can go: a column at the side, a bar at the foot of a phone. */
import { Link, useLocation } from "wouter";

import { Icon, type IconName } from "@/components/icon";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./navigation.module.css";

const PLACES = ["home", "invoices", "customers", "payments", "work", "settings"] as const;

function isAt(path: string, page: string): boolean {
  return page === pages.home ? path === page : path === page || path.startsWith(`${page}/`);
}

export function Navigation() {
  const { m } = useLanguage();
  const [path] = useLocation();
  return (
    <nav className={classes.nav} aria-label={m.common.nav.label}>
      <ul className={classes.list}>
        {PLACES.map((place) => (
          <li key={place} data-place={place}>
            <Link
              href={pages[place]}
              className={classes.link}
              aria-current={isAt(path, pages[place]) ? "page" : undefined}
            >
              <Icon name={place satisfies IconName} />
              <span>{m.common.nav[place]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
