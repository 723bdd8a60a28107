/** A text that is being written: what it says now, what is wrong with it, and what was stored last. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan } from "@/api/me";
import type { Template, TemplateInput, TemplateProblem } from "@/api/models";

import { dropText, keepText, keptText } from "./kept-text";
import type { Place } from "./place";
import { checkQuery } from "./templates-api";

const TYPING_PAUSE_MS = 300; // a check for each pause, not for each key

export interface Writing {
  place: Place;
  /** The text as it was read or saved last. */
  read: Template;
  text: TemplateInput;
  change: (part: Partial<TemplateInput>) => void;
  isChanged: boolean;
  /** Of the latest text that was checked. */
  problems: readonly TemplateProblem[];
  /** The server has checked this very text and found nothing. */
  isSound: boolean;
  checkError: Error | null;
  /** Begin again with what is stored now. */
  begin: (after: Template) => void;
}

const textOf = ({ subject, opening, closing }: Template): TemplateInput => ({ subject, opening, closing });

export function useWriting(place: Place, first: Template): Writing {
  // What was read when the form opened: a later reread must not touch what is being written.
  const [read, setRead] = useState(first);
  const [text, setText] = useState(() => keptText(place, first.version) ?? textOf(first));
  const mayTry = useCan("collector");
  const draft = JSON.stringify({ ...text, language: place.language });
  const [settled] = useDebouncedValue(draft, TYPING_PAUSE_MS);
  const check = useQuery({ ...checkQuery(place.id, settled), enabled: mayTry });
  const isOfThis = settled === draft && !check.isPlaceholderData;
  const problems = check.data?.problems ?? [];
  return {
    place,
    read,
    text,
    change: (part) => {
      const next = { ...text, ...part };
      setText(next);
      keepText(place, read.version, next);
    },
    isChanged: JSON.stringify(text) !== JSON.stringify(textOf(read)),
    problems,
    isSound: isOfThis && check.data?.problems.length === 0,
    checkError: check.error,
    begin: (after) => {
      dropText(place);
      setRead(after);
      setText(textOf(after));
    },
  };
}
