/** The calm page of a person who is not signed in. */
import { Button } from "@mantine/core";

import { auth } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useTitle } from "@/lib/use-title";

import classes from "./landing.module.css";

export function Landing() {
  const { m, locale, change } = useLanguage();
  useTitle(m.common.signIn.action);
  const here = window.location.pathname + window.location.search;
  const other = locale === "es" ? "en" : "es";
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.product}>{m.common.product}</p>
        <h1 className={classes.title}>{m.common.signIn.title}</h1>
        <p className={classes.body}>{m.common.signIn.body}</p>
        <Button component="a" href={auth.login(here)} size="md">
          {m.common.signIn.action}
        </Button>
      </div>
      <button type="button" className={classes.language} onClick={() => change(other)} lang={other}>
        {other === "es" ? m.common.user.spanish : m.common.user.english}
      </button>
    </main>
  );
}
