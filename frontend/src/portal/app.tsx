import type { Locale } from "@/lib/money";

import type { Words } from "./words";

export function App({ firstWords }: { firstLocale: Locale; firstWords: Words }) {
  return <h1>{firstWords.home.owed}</h1>;
}
