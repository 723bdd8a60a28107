/** Ctrl or Cmd with K: find an invoice or a customer, go anywhere, begin something. */
import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useLocation } from "wouter";

import { get } from "@/api/client";
import { useCan } from "@/api/me";
import type { SearchResults } from "@/api/models";
import { Icon } from "@/components/icon";
import { endpoints, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { type Choice, choicesFor } from "./palette-choices";
import classes from "./palette.module.css";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

const TYPING_PAUSE_MS = 150; // shorter than a person's pause between words

export function Palette({ isOpen, onClose }: Props) {
  const { m } = useLanguage();
  return (
    <Modal.Root opened={isOpen} onClose={onClose} centered={false} yOffset="12vh" size={560}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={m.common.search.label}>
        <Modal.Body p={0}>
          <PaletteBody onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function useFound(text: string) {
  const [query] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  return useQuery({
    queryKey: ["search", query],
    queryFn: ({ signal }) => get<SearchResults>(withQuery(endpoints.search, { q: query }), signal),
    enabled: query.length > 0,
    placeholderData: keepPreviousData,
  });
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { m } = useLanguage();
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = useFound(text);
  const choices = choicesFor(text, text.trim() === "" ? [] : (found.data?.items ?? []), m, {
    isAdmin: useCan("admin"),
    canInvoice: useCan("accountant"),
    canAddCustomer: useCan("collector"),
  });
  const current = choices[Math.min(at, choices.length - 1)];
  const go = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onClose();
    navigate(choice.href);
  };
  const onKey = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(current);
    }
  };
  return (
    <div>
      <div className={classes.field}>
        <Icon name="search" />
        <input
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current.key}` : undefined}
          aria-label={m.common.search.label}
          placeholder={m.common.search.placeholder}
          value={text}
          data-autofocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div id={listId} role="listbox" aria-label={m.common.search.label} className={classes.list}>
        {choices.map((choice) => (
          <ChoiceRow
            key={choice.key}
            id={`${listId}-${choice.key}`}
            choice={choice}
            isCurrent={choice === current}
            onChoose={() => go(choice)}
          />
        ))}
      </div>
      {choices.length === 0 && !found.isFetching ? (
        <p className={classes.none}>{m.common.search.none(text.trim())}</p>
      ) : null}
      <span className="only-heard" role="status">
        {m.common.search.results(choices.length)}
      </span>
    </div>
  );
}

interface RowProps {
  id: string;
  choice: Choice;
  isCurrent: boolean;
  onChoose: () => void;
}

function ChoiceRow({ id, choice, isCurrent, onChoose }: RowProps) {
  return (
    // The arrow keys of the field move through the list; a click is the mouse's way to the same.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      className={classes.row}
      onClick={onChoose}
    >
      <Icon name={choice.icon} />
      <span className={classes.title}>{choice.title}</span>
      <span className={classes.detail}>{choice.detail}</span>
    </div>
  );
}
