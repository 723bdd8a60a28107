/** The state of the editor: the draft, what is wrong with it, its preview, and its saving. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";

import { compute } from "@/api/client";
import type { DiscountTermsInput, Invoice, Preview, PreviewInput } from "@/api/models";
import { useToast } from "@/components/toasts";
import { endpoints, pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";
import { lineInput } from "@/lines/lines";

import { discountInput } from "./discount-draft";
import { type Draft, invoiceInput } from "./draft";
import { useChangeDraft, useCreateDraft } from "./invoices-api";
import { dropDraft, keepDraft } from "./kept-draft";

const TYPING_PAUSE_MS = 300; // a preview for each pause, not for each key

export interface Editor {
  draft: Draft;
  isDirty: boolean;
  change: (part: Partial<Draft>) => void;
  /** The words for what is wrong at a pointer, the server's or ours. */
  errorAt: (pointer: string) => string | undefined;
  save: (then: "show" | "issue") => void;
  isSaving: boolean;
  saveError: Error | null;
  hasFlaws: boolean;
}

interface Start {
  /** The draft that is changed; undefined for a new one. */
  invoice: Invoice | undefined;
  draft: Draft;
  isKept: boolean;
}

export function useEditor(start: Start): Editor {
  const { m, locale } = useLanguage();
  const [draft, setDraft] = useState(start.draft);
  const [isDirty, setDirty] = useState(start.isKept);
  const [flaws, setFlaws] = useState<ReadonlyMap<string, string>>(new Map());
  const id = start.invoice?.id;
  // The version that the person saw when they began: a reread in between must not pass for theirs.
  const [version] = useState(start.invoice?.version);

  const saving = useSave(id, version);
  const refused = useFieldErrors(saving.error);
  useEffect(() => {
    if (isDirty) keepDraft(id, version, draft);
  }, [id, version, draft, isDirty]);
  useUnloadGuard(isDirty);

  const save = (then: "show" | "issue") => {
    if (saving.isPending) return;
    const result = invoiceInput(draft, locale);
    if ("flaws" in result) {
      const words = { ...m.common.errors, ...m.invoices.editor };
      setFlaws(new Map([...result.flaws].map(([pointer, flaw]) => [pointer, words[flaw]])));
      focusFirstFlaw();
      return;
    }
    setFlaws(new Map());
    saving.run(result.input, then);
  };
  const change = (part: Partial<Draft>) => {
    setDraft((current) => ({ ...current, ...part }));
    setDirty(true);
    if (flaws.size > 0) setFlaws(new Map());
  };
  return {
    draft,
    isDirty,
    change,
    errorAt: (pointer) => flaws.get(pointer) ?? refused.get(pointer),
    save,
    isSaving: saving.isPending,
    saveError: saving.error,
    hasFlaws: flaws.size > 0,
  };
}

function useSave(id: string | undefined, version: number | undefined) {
  const { m } = useLanguage();
  const notify = useToast();
  const [, navigate] = useLocation();
  const create = useCreateDraft();
  const update = useChangeDraft();
  const command = id === undefined ? create : update;
  const run = (input: Parameters<typeof create.mutate>[0], then: "show" | "issue") => {
    const callbacks = {
      onSuccess: (saved: Invoice) => {
        dropDraft(id);
        notify({ tone: "good", text: m.invoices.editor.saved });
        navigate(withQuery(pages.invoice(saved.id), { issue: then === "issue" ? 1 : null }), {
          replace: true,
        });
      },
      onError: focusFirstFlaw,
    };
    if (id === undefined || version === undefined) create.mutate(input, callbacks);
    else update.mutate({ id, version, input }, callbacks);
  };
  return {
    run,
    isPending: command.isPending,
    error: command.error,
  };
}

/** After the errors are drawn, the first field with one has the focus. */
function focusFirstFlaw(): void {
  setTimeout(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus(), 0);
}

function useUnloadGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", guard);
    return () => window.removeEventListener("beforeunload", guard);
  }, [isDirty]);
}

/** The amounts of the lines that are complete, as the server computes them. */
export function usePreview(draft: Draft, customers: DiscountTermsInput | null) {
  const { locale } = useLanguage();
  const discount = discountInput(draft.discount, locale);
  const own = "terms" in discount ? discount.terms : null;
  const lines = draft.lines.flatMap((line) => {
    const result = lineInput(line, draft.currency, locale);
    return "input" in result ? [result.input] : [];
  });
  const wanted: PreviewInput = {
    currency: draft.currency,
    lines,
    issue_date: draft.issueDate || null,
    terms_days: draft.customer?.termsDays ?? null,
    discount: own === undefined ? customers : own,
  };
  const text = JSON.stringify(wanted);
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const preview = useQuery({
    queryKey: ["invoices", "preview", settled],
    queryFn: ({ signal }) => compute<Preview>(endpoints.invoicePreview, JSON.parse(settled), signal),
    enabled: (JSON.parse(settled) as PreviewInput).lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return {
    amounts: lines.length === 0 ? null : (preview.data ?? null),
    discount: wanted.discount ?? null,
    error: preview.error,
    isStale: lines.length > 0 && (preview.isFetching || text !== settled),
  };
}
