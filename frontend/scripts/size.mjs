// Weighs the JavaScript that the first screen loads (entry, its static imports, and the chunks that
// the first screen always asks for), gzip -9, and fails over the limit of the design.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 260;
const FIRST_SCREEN = ["index.html", "src/i18n/es/index.ts", "src/features/home/home-screen.tsx"];
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set();

function collect(key) {
  const chunk = manifest[key];
  if (chunk === undefined || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported);
}

for (const key of FIRST_SCREEN) {
  if (manifest[key] === undefined) throw new Error(`${key} is not in the build: correct this list`);
  collect(key);
}
let total = 0;
for (const file of [...files].filter((name) => name.endsWith(".js"))) {
  const bytes = gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
  total += bytes;
  console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  first load (limit ${LIMIT_KB} kB)`);
if (total > LIMIT_KB * 1000) process.exit(1);
