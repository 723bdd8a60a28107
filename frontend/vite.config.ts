/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = process.env["SALDO_API"] ?? "http://127.0.0.1:8000";
const PORT = Number(process.env["SALDO_UI_PORT"] ?? 9300);
const proxied = ["/v1", "/auth", "/openapi.json"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  // The content security policy allows fonts only from 'self': nothing is inlined as a data URL.
  build: { target: "es2022", assetsInlineLimit: 0, manifest: true, chunkSizeWarningLimit: 600 },
  server: {
    port: PORT,
    strictPort: true,
    host: "127.0.0.1",
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: API }])),
  },
  test: { include: ["src/**/*.test.ts"], environment: "node", pool: "threads" },
});
