/**
 * The words of the screens. `en` is the source of the keys; `es` must have each of them or the
 * compiler refuses. A message with a blank is a function: m.invoices.selected(3).
 */
import { createContext, useContext } from "react";

import type { Locale } from "@/lib/money";

import type { en } from "./en";

/** The same shape with any text in place of the English one. */
type Widened<T> = T extends string
  ? string
  : T extends (...input: infer Input) => string
    ? (...input: Input) => string
    : { [Key in keyof T]: Widened<T[Key]> };

export type Messages = Widened<typeof en>;

export interface Language {
  locale: Locale;
  m: Messages;
  change: (locale: Locale) => void;
}

const STORAGE = "saldo.language";

/** The language chosen in this browser, if one was. */
export function storedLocale(): Locale | null {
  const stored = localStorage.getItem(STORAGE);
  return stored === "es" || stored === "en" ? stored : null;
}

export function storeLocale(locale: Locale): void {
  localStorage.setItem(STORAGE, locale);
}

/** Load one dictionary; the other is never sent. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === "en" ? (await import("./en")).en : (await import("./es")).es;
}

const LanguageContext = createContext<Language | null>(null);

export const LanguageProvider = LanguageContext.Provider;

/** `const { m, locale } = useLanguage()`. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error("useLanguage is used outside the providers");
  return language;
}

/** The word for a code of the server; a code that we do not know yet is shown as it is. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code.replaceAll("_", " ");
}
