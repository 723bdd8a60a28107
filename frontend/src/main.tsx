/** The entry: the language is loaded before the first paint, then the application is drawn. */
import "./app/styles";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";
import { loadMessages, storedLocale } from "./i18n";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const locale = storedLocale() ?? "es";
const messages = await loadMessages(locale);

createRoot(root).render(
  <StrictMode>
    <App firstLocale={locale} firstMessages={messages} />
  </StrictMode>,
);
