/**
 * The words of the portal. `en` is the source of the keys; `es` must have each of them. Those of the
 * screens beyond the first come with them: who only looks does not wait for them.
 */
import { createContext, use, useContext } from "react";

import type { Locale } from "@/lib/money";

import type { en } from "./en";
import type { more as enMore } from "./en-more";

type Widened<T> = T extends string
  ? string
  : T extends (...input: infer Input) => string
    ? (...input: Input) => string
    : { [Key in keyof T]: Widened<T[Key]> };

export type Words = Widened<typeof en>;
export type MoreWords = Widened<typeof enMore>;

export interface Language {
  locale: Locale;
  w: Words;
  change: (locale: Locale) => void;
}

/** Load one dictionary; the other is never sent. */
export async function loadWords(locale: Locale): Promise<Words> {
  return locale === "en" ? (await import("./en")).en : (await import("./es")).es;
}

const asked = new Map<Locale, Promise<MoreWords>>();

/** Asked for once; a promise that is kept, so that a screen can wait for it. */
export function loadMore(locale: Locale): Promise<MoreWords> {
  const known = asked.get(locale);
  if (known !== undefined) return known;
  const more = (locale === "en" ? import("./en-more") : import("./es-more")).then((one) => one.more);
  asked.set(locale, more);
  return more;
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

/** All words, in a screen beyond the first: its frame waits until they are there. */
export function useAllWords(): Omit<Language, "w"> & { w: Words & MoreWords } {
  const { w, ...language } = useWords();
  return { ...language, w: { ...w, ...use(loadMore(language.locale)) } };
}
