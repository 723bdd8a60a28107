/** What the screen of texts reads, asks and changes. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { compute, get, post, put } from "@/api/client";
import { useCommand } from "@/api/command";
import type {
  Page,
  Placeholders,
  Template,
  TemplateCheck,
  TemplateDraft,
  TemplateInput,
  TemplatePreview,
  TemplatePreviewInput,
  TemplateRestore,
  Templates,
  TemplateTrial,
  TemplateVersion,
} from "@/api/models";
import { endpoints, withQuery } from "@/config/paths";

import type { Place } from "./place";

const VERSIONS = 200; // a page of the API; nobody rewrites a letter that often

const asked = ({ language, segment }: Place) => ({ language, segment });

export const templatesQuery = queryOptions({
  queryKey: ["templates", "all"],
  queryFn: ({ signal }) => get<Templates>(endpoints.templates, signal),
  select: ({ items }) => items,
});

export const templateQuery = (place: Place) =>
  queryOptions({
    queryKey: ["templates", "one", place],
    queryFn: ({ signal }) =>
      get<Template>(withQuery(endpoints.template(place.id), asked(place)), signal),
  });

export const versionsQuery = (place: Place) =>
  queryOptions({
    queryKey: ["templates", "versions", place],
    queryFn: ({ signal }) =>
      get<Page<TemplateVersion>>(
        withQuery(endpoints.templateStep(place.id, "versions"), { ...asked(place), limit: VERSIONS }),
        signal,
      ),
    select: ({ items }) => items,
  });

export const placeholdersQuery = queryOptions({
  queryKey: ["placeholders"],
  queryFn: ({ signal }) => get<Placeholders>(endpoints.placeholders, signal),
  select: ({ items }) => items,
  staleTime: Infinity, // a change of the company rereads them, as every command does
});

/** What is wrong with a text, by the server's own rules. The draft as JSON, so that it is the key. */
export const checkQuery = (id: string, draft: string) =>
  queryOptions({
    queryKey: ["templates", "check", id, draft],
    queryFn: ({ signal }) =>
      compute<TemplateCheck>(
        endpoints.templateStep(id, "check"),
        JSON.parse(draft) as TemplateDraft,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity, // the same text has the same mistakes
  });

export const previewQuery = (id: string, input: string) =>
  queryOptions({
    queryKey: ["templates", "preview", id, input],
    queryFn: ({ signal }) =>
      compute<TemplatePreview>(
        endpoints.templateStep(id, "preview"),
        JSON.parse(input) as TemplatePreviewInput,
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export function useSaveTemplate(place: Place) {
  return useCommand(({ input, version }: { input: TemplateInput; version: number }) =>
    put<Template>(withQuery(endpoints.template(place.id), asked(place)), input, version),
  );
}

export function useRestoreTemplate(place: Place) {
  return useCommand(({ input, version }: { input: TemplateRestore; version: number }, key) =>
    post<Template>(endpoints.templateStep(place.id, "restore"), input, key, version),
  );
}

export function useTryTemplate(id: string) {
  return useCommand((input: TemplatePreviewInput, key) =>
    post<TemplateTrial>(endpoints.templateStep(id, "test"), input, key),
  );
}
