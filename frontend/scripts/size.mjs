// Weighs the JavaScript that the first screen of each product loads (entry, its static imports, and
// the chunks that this screen always asks for), gzip -9, and fails over the limit of the design.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const PRODUCTS = [
  {
    name: "dashboard",
    limitKb: 260,
    firstScreen: ["index.html", "src/i18n/es/index.ts", "src/features/home/home-screen.tsx"],
  },
  { name: "portal", limitKb: 90, firstScreen: ["portal.html", "src/portal/words/es.ts"] },
];
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function collect(key, files) {
  const chunk = manifest[key];
  if (chunk === undefined || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, files);
}

for (const { name, limitKb, firstScreen } of PRODUCTS) {
  const files = new Set();
  for (const key of firstScreen) {
    if (manifest[key] === undefined) throw new Error(`${key} is not in the build: correct this list`);
    collect(key, files);
  }
  let total = 0;
  for (const file of [...files].filter((one) => one.endsWith(".js"))) {
    const bytes = gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
    total += bytes;
    console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
  }
  console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  ${name}, first load (limit ${limitKb} kB)\n`);
  if (total > limitKb * 1000) process.exitCode = 1;
}
