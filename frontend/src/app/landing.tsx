/** The calm page of a person who is not signed in. */
import { Button } from "@mantine/core";
import { useSearch } from "wouter";

import { auth, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useTitle } from "@/lib/use-title";

import classes from "./landing.module.css";

export function Landing() {
  const { m, locale, change } = useLanguage();
  useTitle(m.common.signIn.action);
  const { refusal, here } = useArrival();
  const other = locale === "es" ? "en" : "es";
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.product}>{m.common.product}</p>
        <h1 className={classes.title}>{m.common.signIn.title}</h1>
        {refusal === null ? (
          <p className={classes.body}>{m.common.signIn.body}</p>
        ) : (
          <p className={classes.refused} role="alert">
            {m.common.signIn.refused[refusal] ?? m.common.signIn.refusedOther}
          </p>
        )}
        <Button component="a" href={auth.login(here)} size="md">
          {refusal === null ? m.common.signIn.action : m.common.signIn.again}
        </Button>
      </div>
      <button type="button" className={classes.language} onClick={() => change(other)} lang={other}>
        {other === "es" ? m.common.user.spanish : m.common.user.english}
      </button>
    </main>
  );
}

/** Why the last try to sign in failed, and where the next one should lead. */
function useArrival() {
  const { sign_in: refusal = null, ...query } = Object.fromEntries(new URLSearchParams(useSearch()));
  return { refusal, here: withQuery(window.location.pathname, query) };
}
