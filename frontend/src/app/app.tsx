/** Providers around everything: theme, language, queries, notices, error boundary. */
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { Route, Switch } from "wouter";

import { ToastProvider } from "@/components/toasts";
import { pages } from "@/config/paths";
import { LanguageProvider, loadMessages, type Messages, storeLocale } from "@/i18n";
import type { Locale } from "@/lib/money";

import { ErrorBoundary } from "./error-boundary";
import { makeQueryClient } from "./query-client";
import { Session } from "./session";
import { theme, variables } from "./theme";

const Developers = lazy(() => import("@/features/developers/developers-screen"));

const colours = localStorageColorSchemeManager({ key: "saldo.colour-scheme" });

interface Props {
  firstLocale: Locale;
  firstMessages: Messages;
}

export function App({ firstLocale, firstMessages }: Props) {
  const [queries] = useState(makeQueryClient);
  const [language, setLanguage] = useState({ locale: firstLocale, m: firstMessages });
  const change = useCallback((locale: Locale) => {
    storeLocale(locale);
    void loadMessages(locale).then((m) => setLanguage({ locale, m }));
  }, []);
  useEffect(() => {
    document.documentElement.lang = language.locale;
  }, [language.locale]);
  const value = useMemo(() => ({ ...language, change }), [language, change]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <LanguageProvider value={value}>
        <QueryClientProvider client={queries}>
          <ToastProvider>
            <ErrorBoundary>
              <Switch>
                <Route path={pages.developers()}>
                  <Suspense fallback={null}>
                    <Developers />
                  </Suspense>
                </Route>
                <Route>
                  <Session />
                </Route>
              </Switch>
            </ErrorBoundary>
          </ToastProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
