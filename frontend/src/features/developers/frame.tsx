/** The frame of the public pages: whose they are, language, colours, the way to the dashboard. */
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";

import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./developers.module.css";

export function Frame({ children }: { children: ReactNode }) {
  const { m, locale, change } = useLanguage();
  const words = m.developers;
  const other = locale === "es" ? "en" : "es";
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  return (
    <>
      <a className={classes.skip} href="#content">
        {m.common.nav.skip}
      </a>
      <header className={classes.bar}>
        <a href={pages.developers()} className={classes.brand}>
          {m.common.product} <span className={classes.part}>{words.title}</span>
        </a>
        <div className={classes.tools}>
          <button type="button" className={classes.tool} onClick={() => change(other)} lang={other}>
            {other === "es" ? m.common.user.spanish : m.common.user.english}
          </button>
          <button
            type="button"
            className={classes.tool}
            onClick={() => setColorScheme(isDark ? "light" : "dark")}
          >
            {isDark ? words.light : words.dark}
          </button>
          <a href={pages.home} className={classes.tool}>
            {words.dashboard}
          </a>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        <h1 className={classes.title}>{words.heading}</h1>
        <p className={classes.lead}>
          {words.lead}{" "}
          <a href="/openapi.json" className={classes.link}>
            {words.file}
          </a>
        </p>
        {children}
      </main>
    </>
  );
}
