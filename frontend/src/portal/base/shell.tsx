/** What stands around every screen: the company, the sections, how to reach somebody. */
import { type ReactNode, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";

import { post } from "@/api/client";
import type { Locale } from "@/lib/money";

import type { Company } from "../model";
import { endpoints, pages } from "../paths";
import { useWords } from "../words";
import { Button } from "./button";
import { useHome } from "./home";
import { Notice } from "./parts";
import { useSend } from "./send";
import classes from "./shell.module.css";

const LANGUAGES = [
  { code: "es", short: "ES", name: "Español" },
  { code: "en", short: "EN", name: "English" },
] as const;

export function Shell({ children, onSignedOut }: { children: ReactNode; onSignedOut: () => void }) {
  const { w } = useWords();
  const { company, read_only: isReadOnly } = useHome();
  return (
    <div className={classes.page}>
      <a href="#main" className={classes.skip}>
        {w.shell.skip}
      </a>
      <header className={classes.top}>
        <div className={classes.inside}>
          <div className={classes.head}>
            <Link href={pages.home} className={classes.company}>
              <Name company={company} />
            </Link>
            <Languages {...(isReadOnly ? {} : { tell: tellLanguage })} />
          </div>
          <Sections />
        </div>
      </header>
      <main id="main" className={`${classes.inside} ${classes.main}`}>
        <div className={classes.notices}>
          <Standing />
        </div>
        {children}
      </main>
      <Foot company={company} onSignedOut={onSignedOut} />
    </div>
  );
}

/** The screen does not wait for the answer, and does without it. */
function tellLanguage(language: Locale): void {
  post(endpoints.language, { language }, crypto.randomUUID()).catch(() => undefined);
}

function Name({ company }: { company: Company }) {
  return (
    <>
      {company.logo_url === null ? null : (
        <img className={classes.logo} src={company.logo_url} alt="" />
      )}
      <span>{company.name}</span>
    </>
  );
}

/** The two languages by their own names. `tell` makes the next visit begin in the chosen one. */
export function Languages({ tell }: { tell?: (locale: Locale) => void }) {
  const { w, locale, change } = useWords();
  return (
    <div role="group" aria-label={w.shell.language} className={classes.languages}>
      {LANGUAGES.map(({ code, short, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-label={`${short} ${name}`}
          aria-pressed={locale === code}
          className={classes.language}
          onClick={() => {
            change(code);
            tell?.(code);
          }}
        >
          {short}
        </button>
      ))}
    </div>
  );
}

function Sections() {
  const { w } = useWords();
  const { scope, has_contact: hasContact } = useHome();
  const [path] = useLocation();
  const sections = [
    { to: pages.home, name: w.shell.invoices, isHere: path === "/" || path.startsWith("/invoices") },
    scope === "customer" && { to: pages.statement, name: w.shell.statement, isHere: path === pages.statement },
    hasContact && { to: pages.details, name: w.shell.details, isHere: path === pages.details },
  ];
  return (
    <nav aria-label={w.shell.sections} className={classes.sections}>
      {sections.map((section) =>
        section ? (
          <Link
            key={section.to}
            href={section.to}
            className={classes.section}
            aria-current={section.isHere ? "page" : undefined}
          >
            {section.name}
          </Link>
        ) : null,
      )}
    </nav>
  );
}

/** What is true of all that is seen. */
function Standing() {
  const { w } = useWords();
  const { read_only: isReadOnly } = useHome();
  const isOnline = useSyncExternalStore(listenToNetwork, () => navigator.onLine);
  return (
    <>
      {isReadOnly ? <Notice>{w.shell.readOnly}</Notice> : null}
      {isOnline ? null : <Notice tone="warn">{w.shell.offline}</Notice>}
    </>
  );
}

function listenToNetwork(tell: () => void): () => void {
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
}

function Foot({ company, onSignedOut }: { company: Company; onSignedOut: () => void }) {
  const { w } = useWords();
  const { read_only: isReadOnly } = useHome();
  const leave = useSend((_: null, key) => post(endpoints.signOut, {}, key));
  const { name, address, email, phone } = company;
  return (
    <footer className={classes.foot}>
      <div className={classes.inside}>
        <div>
          {email !== null || phone !== null ? <p className={classes.hint}>{w.shell.contactHint}</p> : null}
          <p className={classes.who}>{name}</p>
          {address === null ? null : <p className={classes.address}>{address}</p>}
          <p className={classes.ways}>
            {email === null ? null : <a href={`mailto:${email}`}>{email}</a>}
            {phone === null ? null : <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</a>}
          </p>
        </div>
        <div className={classes.small}>
          <p>{w.shell.private}</p>
          {isReadOnly ? null : (
            <Button kind="quiet" isPending={leave.isPending} onClick={() => leave.send(null, onSignedOut)}>
              {w.shell.signOut}
            </Button>
          )}
        </div>
      </div>
    </footer>
  );
}
