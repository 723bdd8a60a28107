/** Where one can go: a column at the side, a bar at the foot of a phone. */
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";

import { homeQuery } from "@/api/home";
import { useCan } from "@/api/me";
import { Icon, type IconName } from "@/components/icon";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./navigation.module.css";

const PLACES = [
  "home",
  "invoices",
  "recurring",
  "customers",
  "payments",
  "agreements",
  "outgoing",
  "messages",
  "approvals",
  "work",
  "settings",
] as const;

/** Places of several pages: each of them belongs to the entry. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  [pages.messages]: [pages.letters],
  [pages.agreements]: [pages.promises, pages.plans, pages.holds, pages.handovers],
};

function isAt(path: string, page: string): boolean {
  if (ALSO[page]?.includes(path)) return true;
  return page === pages.home ? path === page : path === page || path.startsWith(`${page}/`);
}

export function Navigation() {
  const { m } = useLanguage();
  const [path] = useLocation();
  const canApprove = useCan("accountant");
  const places = PLACES.filter((place) => place !== "approvals" || canApprove);
  return (
    <nav className={classes.nav} aria-label={m.common.nav.label}>
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={place} data-place={place}>
            <Link
              href={pages[place]}
              className={classes.link}
              aria-current={isAt(path, pages[place]) ? "page" : undefined}
            >
              <Icon name={place satisfies IconName} />
              <span>{m.common.nav[place]}</span>
              {place === "approvals" ? <Waiting /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many questions wait for an answer. */
function Waiting() {
  const home = useQuery(homeQuery);
  const count = home.data?.approvals_waiting ?? 0;
  return count === 0 ? null : <span className={classes.count}>{count}</span>;
}
