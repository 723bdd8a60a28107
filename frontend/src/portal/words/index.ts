/** The words of the portal. `en` is the source of the keys; `es` must have each of them. */
import { createContext, useContext } from "react";

import type { Locale } from "@/lib/money";

import type { en } from "./en";

type Widened<T> = T extends string
  ? string
  : T extends (...input: infer Input) => string
    ? (...input: Input) => string
    : { [Key in keyof T]: Widened<T[Key]> };

export type Words = Widened<typeof en>;

export interface Language {
  locale: Locale;
  w: Words;
  change: (locale: Locale) => void;
}

/** Load one dictionary; the other is never sent. */
export async function loadWords(locale: Locale): Promise<Words> {
  return locale === "en" ? (await import("./en")).en : (await import("./es")).es;
}

const STORAGE = "saldo.portal.language";

/** Before the server has said which language the customer reads. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem(STORAGE);
  if (stored === "es" || stored === "en") return stored;
  return navigator.language.startsWith("en") ? "en" : "es";
}

export function keepLocale(locale: Locale): void {
  localStorage.setItem(STORAGE, locale);
}

const LanguageContext = createContext<Language | null>(null);

export const LanguageProvider = LanguageContext.Provider;

/** `const { w, locale } = useWords()`. */
export function useWords(): Language {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error("useWords is used outside the providers");
  return language;
}
