/** The whole portal: which link opened it, in which language, and which screen is shown. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { Route, Router, Switch } from "wouter";

import { ApiError, sayWithChanges } from "@/api/client";
import type { Locale } from "@/lib/money";

import { Boundary } from "./base/boundary";
import { HomeProvider } from "./base/home";
import { Bones, Failed } from "./base/parts";
import { Shell } from "./base/shell";
import { useLoaded } from "./base/store";
import { wearColour } from "./base/theme";
import type { Home } from "./model";
import { BASE, endpoints, pages, patterns } from "./paths";
import { Alone } from "./screens/alone";
import { Closed } from "./screens/closed";
import { HomeScreen } from "./screens/home-screen";
import { NowhereScreen } from "./screens/nowhere-screen";
import { firstLocale, keepLocale, LanguageProvider, loadMore, loadWords, useWords, type Words } from "./words";

const loadPay = () => import("./screens/pay-screen");
const PayScreen = lazy(loadPay);
const BackScreen = lazy(() => import("./screens/back-screen"));
const InvoiceScreen = lazy(() => import("./screens/invoice-screen"));
const PromiseScreen = lazy(() => import("./screens/promise-screen"));
const DisputeScreen = lazy(() => import("./screens/dispute-screen"));
const StatementScreen = lazy(() => import("./screens/statement-screen"));
const DetailsScreen = lazy(() => import("./screens/details-screen"));

interface Props {
  firstLocale: Locale;
  firstWords: Words;
}

export function App({ firstLocale: locale, firstWords: words }: Props) {
  const [spoken, setSpoken] = useState({ locale, words });
  const speak = useCallback(async (wanted: Locale) => {
    // Both, so that a screen in sight changes its language at once.
    const [loaded] = await Promise.all([loadWords(wanted), loadMore(wanted)]);
    setSpoken({ locale: wanted, words: loaded });
  }, []);
  useEffect(() => {
    document.documentElement.lang = spoken.locale;
  }, [spoken.locale]);
  const language = useMemo(() => {
    const change = (wanted: Locale) => {
      keepLocale(wanted);
      void speak(wanted);
    };
    return { locale: spoken.locale, w: spoken.words, change };
  }, [spoken, speak]);
  return (
    <LanguageProvider value={language}>
      <Router base={BASE}>
        <Boundary>
          <Opened speak={speak} />
        </Boundary>
      </Router>
    </LanguageProvider>
  );
}

function Opened({ speak }: { speak: (locale: Locale) => Promise<void> }) {
  const home = useLoaded<Home>(endpoints.home);
  const [hasLeft, setLeft] = useState(false);
  const { data, error } = home;
  const wanted = data?.language;
  const accent = data?.company.accent;
  useEffect(() => {
    if (wanted !== undefined && wanted !== firstLocale()) {
      keepLocale(wanted);
      void speak(wanted);
    }
  }, [wanted, speak]);
  useEffect(() => {
    if (accent !== undefined) wearColour(accent);
  }, [accent]);
  const linkId = data?.link_id;
  useEffect(() => {
    // The cookie may be that of a link opened since, in another tab.
    if (linkId !== undefined) sayWithChanges("X-Saldo-Link", linkId);
  }, [linkId]);
  const { locale } = useWords();
  const isThere = data !== undefined;
  useEffect(() => {
    // What most visitors need next, once they see the first screen.
    if (isThere) void Promise.all([loadMore(locale), loadPay()]);
  }, [isThere, locale]);
  if (hasLeft) return <Closed hasLeft />;
  if (error instanceof ApiError && (error.status === 401 || error.status === 404)) return <Closed />;
  if (data === undefined) {
    return (
      <Alone>
        {error === null ? <Bones heights={[24, 64, 120, 72, 72, 72]} /> : <Failed error={error} retry={home.retry} />}
      </Alone>
    );
  }
  return (
    <HomeProvider value={data}>
      <Shell onSignedOut={() => setLeft(true)}>
        <Suspense fallback={<Bones heights={[32, 160, 160]} />}>
          <Screens />
        </Suspense>
      </Shell>
    </HomeProvider>
  );
}

function Screens() {
  return (
    <Switch>
      <Route path={pages.home} component={HomeScreen} />
      <Route path={pages.pay} component={PayScreen} />
      <Route path={pages.back} component={BackScreen} />
      <Route path={pages.promise} component={PromiseScreen} />
      <Route path={pages.statement} component={StatementScreen} />
      <Route path={pages.details} component={DetailsScreen} />
      <Route path={patterns.invoice}>{({ id }) => <InvoiceScreen key={id} id={id} />}</Route>
      <Route path={patterns.dispute}>{({ id }) => <DisputeScreen key={id} id={id} />}</Route>
      <Route component={NowhereScreen} />
    </Switch>
  );
}
