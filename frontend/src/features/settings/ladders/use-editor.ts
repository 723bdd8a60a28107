/** The state of the form of a rule: what was read, what is written, what is wrong, and its dialogs. */
import { useMemo, useState } from "react";
import { useLocation } from "wouter";

import type { Policies, Policy, PolicyInput } from "@/api/models";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { policyName } from "@/lib/policy-name";

import { type Draft, draftOf, type Flaw, inputOf, newId, type Notation, wrongIn } from "./draft";
import { type Simulate, simulationOf, useSavePolicy } from "./ladders-api";

interface Input {
  policies: Policies;
  first: Policy;
  isNew: boolean;
  notation: Notation;
}

export type Editor = ReturnType<typeof useEditor>;

const WHEN_TRIED: ReadonlySet<Flaw> = new Set(["noName", "badAmount"]); // not while it is still empty

export function useEditor({ policies, first, isNew, notation }: Input) {
  const { m } = useLanguage();
  const notify = useToast();
  const shown = (policy: Policy) => draftOf({ ...policy, name: policyName(policy, m) }, notation);
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [draft, setDraft] = useState(() => shown(first));
  const [tried, setTried] = useState(0);
  const wrong = wrongIn(draft, notation);
  const isDirty = isNew || textOf(inputOf(draft, notation)) !== textOf(inputOf(shown(read), notation));
  // Nothing is being written: what others stored meanwhile is shown.
  if (!isNew && !isDirty && first.version > read.version) {
    setRead(first);
    setDraft(shown(first));
  }
  const input = () => {
    const body = inputOf(draft, notation);
    // The name of a rule that ships is translated only on the screen.
    return body.name === policyName(read, m) ? { ...body, name: read.name } : body;
  };
  const saving = useSaving({ policies, read, isNew }, (after) => {
    setRead(after);
    setDraft(shown(after));
    setTried(0);
  });
  const trial = useTrial(read.id);
  return {
    read,
    draft,
    tried,
    isDirty,
    wrong,
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
    flawOf: (key: string) => {
      const flaw = wrong.get(key);
      return flaw === undefined || (tried === 0 && WHEN_TRIED.has(flaw)) ? null : m.ladders.editor[flaw];
    },
    ask: () => {
      setTried(tried + 1);
      if (wrong.size === 0) saving.ask(input());
    },
    undo: () => {
      setDraft(shown(read));
      setTried(0);
    },
    restore: (policy: Policy) => {
      setDraft(shown(policy));
      notify({ tone: "good", text: m.ladders.versions.restored });
    },
    tryOut: trial.ask,
    trial: trial.dialog,
    dialog: saving.dialog,
  };
}

function textOf(input: PolicyInput): string {
  return JSON.stringify(input);
}

/** Asks what a change would change, and stores it when that is confirmed. */
function useSaving(
  { policies, read, isNew }: Pick<Input, "policies" | "isNew"> & { read: Policy },
  onSaved: (after: Policy) => void,
) {
  const { m } = useLanguage();
  const notify = useToast();
  const [, navigate] = useLocation();
  const save = useSavePolicy();
  const [asked, setAsked] = useState<{ id: string; input: PolicyInput } | null>(null);
  const simulate = useMemo<Simulate | null>(
    () => (asked === null ? null : simulationOf(asked.id, asked.input)),
    [asked],
  );
  const taken = policies.items.map(({ id }) => id);
  const close = () => {
    setAsked(null);
    save.reset();
  };
  const confirm = () => {
    if (asked === null) return;
    const onSuccess = (after: Policy) => {
      close();
      onSaved(after);
      notify({ tone: "good", text: isNew ? m.ladders.changes.savedNew : m.ladders.changes.saved });
      if (isNew) navigate(pages.ladder(after.id), { replace: true });
    };
    save.mutate({ ...asked, version: read.version }, { onSuccess });
  };
  const confirmation = {
    action: m.ladders.changes.confirm,
    isPending: save.isPending,
    error: save.error,
    onConfirm: confirm,
  };
  return {
    ask: (input: PolicyInput) => setAsked({ id: isNew ? newId(input.name, taken) : read.id, input }),
    dialog: { isOpen: asked !== null, simulate, confirmation, onClose: close },
  };
}

/** Shows what the rule does as it is stored. */
function useTrial(id: string) {
  const [isOpen, setOpen] = useState(false);
  const simulate = useMemo<Simulate | null>(() => (isOpen ? simulationOf(id, null) : null), [id, isOpen]);
  return { ask: () => setOpen(true), dialog: { isOpen, simulate, onClose: () => setOpen(false) } };
}
