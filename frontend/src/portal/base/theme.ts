/** Light or dark as the system says, and the company's colour as far as it can be read. */
import { readableOn, textOn } from "@/lib/colour";

// The surface of tokens.css on which the colour is hardest to read.
const LIGHT = "#f1f3f5";
const DARK = "#1e232a";

/** color-scheme.js chose before the first paint; this follows when the system changes. */
export function followSystem(): void {
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
    document.documentElement.setAttribute("data-mantine-color-scheme", matches ? "dark" : "light");
  });
}

/** --brand as it is, --on-brand for words on it, --brand-ink for words in it. */
export function wearColour(accent: string): void {
  const { style } = document.documentElement;
  style.setProperty("--brand", accent);
  style.setProperty("--on-brand", textOn(accent));
  style.setProperty("--brand-ink-light", readableOn(accent, LIGHT));
  style.setProperty("--brand-ink-dark", readableOn(accent, DARK));
}
