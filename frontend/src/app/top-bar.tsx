/** The top of the frame: whose company this is, the search, and the account. */
import { Link } from "wouter";

import { useMe } from "@/api/me";
import { Icon } from "@/components/icon";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./top-bar.module.css";
import { UserMenu } from "./user-menu";

interface Props {
  onSearch: () => void;
  onShortcuts: () => void;
}

export function TopBar({ onSearch, onShortcuts }: Props) {
  const { m } = useLanguage();
  const me = useMe();
  const isApple = navigator.userAgent.includes("Mac");
  return (
    <header className={classes.bar}>
      <Link href={pages.home} className={classes.company}>
        <span className={classes.name}>{me.company_name || m.common.product}</span>
        {me.local ? <span className={classes.local}>{m.common.local}</span> : null}
      </Link>
      <button type="button" className={classes.search} onClick={onSearch}>
        <Icon name="search" size={16} />
        <span className={classes.hint}>{m.common.search.hint}</span>
        <kbd className={classes.keys}>{isApple ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <UserMenu onShortcuts={onShortcuts} />
    </header>
  );
}
