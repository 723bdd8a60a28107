/** Example requests and answers, made from the schemas: right in form, plausible in content. */
import { choices, type Description, isJson, type Operation, resolved, type Schema } from "./description";

const DEEPEST = 6;

const EMAIL = "pagos@ibanez.example";

/** By name, where the schema alone says too little. */
const BY_NAME: Record<string, unknown> = {
  currency: "EUR",
  country: "ES",
  language: "es",
  series: "A",
  number: "A-000127",
  email: EMAIL,
  provider: "stripe",
  policy_id: "default",
  default_id: "default",
  name: "Talleres Ibáñez, S.L.",
  customer_name: "Talleres Ibáñez, S.L.",
  description: "Mantenimiento",
  quantity: "1",
  tax_rate: "0.21",
  time_zone: "Europe/Madrid",
  iban: "ES9121000418450200051332",
  tax_id: "B12345674",
  phone: "+34 936 37 00 00",
  month: "2026-11",
  payment_reference: "RF05A000000127",
  reason: "Importe equivocado",
  next_cursor: null,
  request_id: "9f0c2f0e-6d1b-4a7e-9b1e-0d6a7f2c1b11",
};
const ULID = "01KB0M2Q8V5Y3T7N9R4D6F8H1J";
const PREFIXES: Record<string, string> = {
  customer: "cus",
  invoice: "inv",
  payment: "pay",
  credit_note: "crn",
  note: "crn",
  dispute: "dsp",
  promise: "prm",
  plan: "pln",
  key: "key",
};

/** An example of a value; `name` is the property it stands in. */
export function exampleOf(
  schema: Schema,
  description: Description,
  name = "",
  above: readonly string[] = [],
): unknown {
  const { name: model, schema: known } = resolved(schema, description);
  if (above.length > DEEPEST || (model !== null && above.includes(model))) return {};
  const below = [...above, model ?? ""];
  const stated = known.examples?.[0] ?? known.const ?? known.default ?? known.enum?.[0];
  if (stated !== undefined && stated !== null) return stated;
  const { branches } = choices(known);
  const [first] = branches;
  if (first !== undefined && first !== known) return exampleOf(first, description, name, below);
  if (known.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(known.properties).map(([key, value]) => [
        key,
        exampleOf(value, description, key, below),
      ]),
    );
  }
  if (known.type === "array") {
    return [exampleOf(known.items ?? {}, description, name.replace(/s$/, ""), below)];
  }
  if (known.type === "object") return {};
  return plain(known, name, model ?? above.at(-1) ?? "");
}

function plain(schema: Schema, name: string, model: string): unknown {
  if (schema.type === "null") return null;
  if (schema.type === "boolean") return false;
  if (schema.type === "integer" || schema.type === "number") return numberFor(schema, name);
  const known = BY_NAME[name];
  return known === undefined ? textFor(schema, name, model) : known;
}

function numberFor(schema: Schema, name: string): number {
  const wanted = name.endsWith("_minor") ? 121_000 : name === "version" ? 3 : 30;
  return Math.min(Math.max(wanted, schema.minimum ?? wanted), schema.maximum ?? wanted);
}

function textFor(schema: Schema, name: string, model: string): string {
  if (schema.format === "date" || /(_on|_date|^day|_day|^from|^to|^until)$/.test(name)) return "2026-12-21";
  if (schema.format === "date-time" || name.endsWith("_at")) return "2026-11-21T09:30:00Z";
  if (schema.format === "uri" || name === "url") return "https://example.com/hook";
  if (schema.pattern?.includes("@")) return EMAIL;
  if (name === "id" || name.endsWith("_id")) {
    const what = name === "id" ? snake(model) : name.slice(0, -3);
    return `${PREFIXES[what] ?? what.slice(0, 3)}_${ULID}`;
  }
  return "…";
}

function snake(model: string): string {
  return model.replace(/(Row|Input|Created)$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

/** The body of an example request; only what must be said, and what says the most. */
export function requestExample(operation: Operation, description: Description): unknown {
  if (operation.takes === null || !isJson(operation.mediaType)) return undefined;
  const { schema } = resolved(operation.takes, description);
  const required = schema.required ?? [];
  const whole = exampleOf(operation.takes, description) as Record<string, unknown>;
  if (required.length === 0) return Object.fromEntries(Object.entries(whole).slice(0, 2));
  return Object.fromEntries(Object.entries(whole).filter(([key]) => required.includes(key)));
}

/** The request as one types it in a shell. */
export function curlOf(operation: Operation, description: Description, origin: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => pathValue(name));
  const required = operation.parameters.filter((one) => one.in === "query" && one.required);
  const query = required.map(({ name, schema }) => `${name}=${String(exampleOf(schema, description, name))}`);
  const verb = { GET: "", HEAD: "-I " }[operation.method] ?? `-X ${operation.method} `;
  const address = `${origin}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  const lines = [`curl ${verb}"${address}"`];
  if (operation.shows === "key") lines.push(`-H "Authorization: Bearer $SALDO_API_KEY"`);
  if (operation.shows === "cookie") lines.push("-b cookies.txt");
  const headers = operation.parameters.filter((one) => one.in === "header").map(({ name }) => name);
  if (headers.includes("Idempotency-Key")) lines.push(`-H "Idempotency-Key: $(uuidgen)"`);
  if (headers.includes("If-Match")) lines.push(`-H 'If-Match: "3"'`);
  const body = requestExample(operation, description);
  if (body !== undefined) {
    lines.push(`-H "Content-Type: application/json"`);
    lines.push(`-d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`);
  }
  if (operation.gives === null && operation.givesType !== null) lines.push("-o answer");
  return lines.join(" \\\n  ");
}

function pathValue(name: string): string {
  const known = BY_NAME[name];
  return typeof known === "string" ? known : textFor({}, name.endsWith("_id") ? name : `${name}_id`, "");
}
