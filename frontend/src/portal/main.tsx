/** The entry of the portal: the words and the first answer are asked for together, then all is drawn. */
import "@/app/tokens.css";
import "./portal.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app";
import { watchReturn } from "./base/store";
import { followSystem } from "./base/theme";
import { firstLocale, loadWords } from "./words";

const root = document.getElementById("root");
if (root === null) throw new Error("portal.html has no #root");

watchReturn();
followSystem();
const locale = firstLocale();
const words = await loadWords(locale);

createRoot(root).render(
  <StrictMode>
    <App firstLocale={locale} firstWords={words} />
  </StrictMode>,
);
