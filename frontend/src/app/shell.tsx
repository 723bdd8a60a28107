/** The frame of every screen: navigation, search, account, and the screen itself. */
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";

import { useCan, useMe } from "@/api/me";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useShortcuts } from "@/lib/shortcuts";

import { ErrorBoundary } from "./error-boundary";
import { Navigation } from "./navigation";
import { Palette } from "./palette";
import { Router } from "./router";
import classes from "./shell.module.css";
import { ShortcutSheet } from "./shortcut-sheet";
import { StaleNote } from "./stale-note";
import { TopBar } from "./top-bar";

type Open = "palette" | "shortcuts" | null;

export function Shell() {
  const { m } = useLanguage();
  const me = useMe();
  const canInvoice = useCan("accountant");
  const [path, navigate] = useLocation();
  const [open, setOpen] = useState<Open>(null);
  const main = useFocusOnNavigation(path);
  useShortcuts({
    "/": () => setOpen("palette"),
    "?": () => setOpen("shortcuts"),
    ...(canInvoice && { n: () => navigate(pages.invoiceNew) }),
    "g h": () => navigate(pages.home),
    "g i": () => navigate(pages.invoices),
    "g c": () => navigate(pages.customers),
    "g p": () => navigate(pages.payments),
    ...(canInvoice && { "g a": () => navigate(pages.approvals) }),
    "g d": () => navigate(pages.agreements),
    "g r": () => navigate(pages.recurring),
    "g o": () => navigate(pages.outgoing),
    "g w": () => navigate(pages.work),
    "g s": () => navigate(pages.settings),
  });
  usePaletteKey(() => setOpen("palette"));
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {m.common.nav.skip}
      </a>
      <TopBar onSearch={() => setOpen("palette")} onShortcuts={() => setOpen("shortcuts")} />
      <Navigation />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {me.sending_frozen ? (
          <p className={classes.frozen} role="status">
            {m.common.frozen}
          </p>
        ) : null}
        <StaleNote />
        <ErrorBoundary resetOn={path}>
          <Router />
        </ErrorBoundary>
      </main>
      <Palette isOpen={open === "palette"} onClose={() => setOpen(null)} />
      <ShortcutSheet isOpen={open === "shortcuts"} onClose={() => setOpen(null)} />
    </div>
  );
}

/**
 * After a change of page the focus is on its content, as after a full load; where a list of places
 * stands beside the content, behind that list.
 */
function useFocusOnNavigation(path: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    window.scrollTo(0, 0);
    const landing = main.current?.querySelector<HTMLElement>("[data-landing]") ?? main.current;
    landing?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function usePaletteKey(open: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
