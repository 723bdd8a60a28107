/** Which operation a link or a few typed words mean. */
import type { Operation, Resource } from "./description";

/** The resource that an operation belongs to. */
export function resourceWith(resources: readonly Resource[], id: string): Resource | null {
  return resources.find(({ operations }) => operations.some((one) => one.id === id)) ?? null;
}

/** The operations in whose method, path, summary or scope every typed word stands. */
export function matching(resources: readonly Resource[], typed: string): Operation[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  return resources
    .flatMap(({ operations }) => operations)
    .filter(({ method, path, summary, scope }) => {
      const text = `${method} ${path} ${summary} ${scope ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

/** "credit-notes" as a heading. */
export function titleOf(name: string): string {
  const text = name.replaceAll("-", " ").replace(/^api /, "API ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
