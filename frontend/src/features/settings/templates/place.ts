/** Which text is meant: a template in a language, for a segment of customers or for all. */
import type { Template } from "@/api/models";
import { pages, withQuery } from "@/config/paths";

export interface Place {
  id: string;
  language: Template["language"];
  segment: string | null;
}

/** The place that the URL names; null while the list is shown. */
export function placeIn(query: URLSearchParams): Place | null {
  const id = query.get("template");
  if (id === null) return null;
  const language = query.get("language") === "en" ? "en" : "es";
  return { id, language, segment: query.get("segment") };
}

export function pageOf({ id, language, segment }: Place): string {
  return withQuery(pages.templates, { template: id, language, segment });
}
