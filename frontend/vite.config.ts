/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const API = process.env["SALDO_API"] ?? "http://127.0.0.1:8000";
const PORT = Number(process.env["SALDO_UI_PORT"] ?? 9300);
const proxied = ["/v1", "/auth", "/openapi.json", "/portal/"];

/** As at home and in the cloud: the screens below /p are the customer's portal. */
const portal: Plugin = {
  name: "portal",
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (/^\/p(\/[^.]*)?(\?|$)/.test(request.url ?? "")) request.url = "/portal.html";
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), portal],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  // The content security policy allows fonts only from 'self': nothing is inlined as a data URL.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { input: ["index.html", "portal.html"] },
  },
  server: {
    port: PORT,
    strictPort: true,
    host: "127.0.0.1",
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: API }])),
  },
  test: { include: ["src/**/*.test.ts"], environment: "node", pool: "threads" },
});
