/** Query strings. */

type Query = Record<string, string | number | boolean | null | undefined>;

/** Add a query string; parameters that are undefined, null or empty are left out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
