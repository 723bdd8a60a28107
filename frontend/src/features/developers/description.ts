/** The API's description as this page reads it: operations by resource, and schemas resolved. */

export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

interface RawOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content & { description: string }>;
  security?: { apiKey?: string[] }[];
  "x-saldo-role"?: string;
}

export interface Description {
  info: { title: string; version: string };
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** One operation, ready to be drawn. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  role: string | null;
  scope: string | null;
  /** What a caller shows: a key, the cookie of the customer's portal, or nothing. */
  shows: "key" | "cookie" | "nothing";
  parameters: Parameter[];
  takes: Schema | null;
  mediaType: string | null;
  gives: Schema | null;
  status: string;
  givesType: string | null;
}

export interface Resource {
  name: string;
  operations: Operation[];
}

const METHODS = ["get", "head", "post", "put", "patch", "delete"] as const;
const JSON_TYPE = "application/json";

/** Every resource with its operations, by name; within one by path, reading first. */
export function resourcesOf(description: Description): Resource[] {
  const found = new Map<string, Operation[]>();
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS) {
      const raw = item[method];
      if (raw === undefined) continue;
      const name = raw.tags?.[0] ?? "other";
      found.set(name, [...(found.get(name) ?? []), operationOf(method, path, raw)]);
    }
  }
  return [...found]
    .map(([name, operations]) => ({ name, operations }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function operationOf(method: string, path: string, raw: RawOperation): Operation {
  const [takesType, takes] = firstContent(raw.requestBody);
  const [status, answer] = Object.entries(raw.responses).find(([code]) => /^[123]/.test(code)) ?? [
    "200",
    undefined,
  ];
  const [givesType, gives] = firstContent(answer);
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    summary: raw.summary,
    description: raw.description ?? "",
    role: raw["x-saldo-role"] ?? null,
    scope: raw.security?.flatMap(({ apiKey }) => apiKey ?? [])[0] ?? null,
    shows: shownFor(raw.security ?? []),
    parameters: raw.parameters ?? [],
    takes,
    mediaType: takesType,
    gives,
    status,
    givesType,
  };
}

function shownFor(security: NonNullable<RawOperation["security"]>): Operation["shows"] {
  if (security.length === 0) return "nothing";
  return security.some(({ apiKey }) => apiKey !== undefined) ? "key" : "cookie";
}

function firstContent(body: Content | undefined): [string | null, Schema | null] {
  const [type, content] = Object.entries(body?.content ?? {})[0] ?? [null, undefined];
  return [type, content?.schema ?? null];
}

export const isJson = (type: string | null) => type === JSON_TYPE;

/** What a `$ref` stands for, and its name; a schema that is no reference stands for itself. */
export function resolved(schema: Schema, description: Description): { name: string | null; schema: Schema } {
  const name = schema.$ref?.split("/").pop() ?? null;
  if (name === null) return { name: null, schema };
  return { name, schema: description.components.schemas[name] ?? {} };
}

/** The branches of a choice without the one that says "or nothing", and whether there is one. */
export function choices(schema: Schema): { branches: Schema[]; isNullable: boolean } {
  const all = schema.anyOf ?? schema.oneOf ?? [schema];
  const branches = all.filter(({ type }) => type !== "null");
  return { branches, isNullable: branches.length < all.length };
}

/** A type in a few letters: `string (date)`, `array of LineInput`, `integer or null`. */
export function typeOf(schema: Schema): string {
  const { branches, isNullable } = choices(schema);
  const names = [...new Set(branches.map(nameOf))];
  return [...names, ...(isNullable ? ["null"] : [])].join(" or ");
}

function nameOf(schema: Schema): string {
  if (schema.$ref !== undefined) return modelName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `array of ${typeOf(schema.items ?? {})}`;
  const { additionalProperties: values } = schema;
  if (schema.type === "object" && typeof values === "object") return `map of ${typeOf(values)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "any");
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** `Page_InvoiceRow_`, as the server calls a page of rows, in words. */
function modelName(reference: string): string {
  return (reference.split("/").pop() ?? "object").replace(/^Page_(.+)_$/, "page of $1");
}

/** What a value must be besides its type, in short sentences. */
export function limitsOf(schema: Schema): string[] {
  const limits = choices(schema).branches.flatMap((one) => [
    range("from", one.minimum, "to", one.maximum),
    range("at least", one.minLength, "at most", one.maxLength, "characters"),
    range("at least", one.minItems, "at most", one.maxItems, "items"),
    one.enum === undefined ? null : one.enum.map((value) => JSON.stringify(value)).join(" · "),
    one.pattern === undefined ? null : `matches ${one.pattern}`,
  ]);
  const stated = schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`];
  return [...limits.filter((one) => one !== null), ...stated];
}

function range(
  from: string,
  least: number | undefined,
  to: string,
  most: number | undefined,
  unit = "",
): string | null {
  const parts = [
    least === undefined ? "" : `${from} ${least}`,
    most === undefined ? "" : `${to} ${most}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : `${parts.join(", ")} ${unit}`.trim();
}
