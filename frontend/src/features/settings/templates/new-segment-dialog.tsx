/** For which segment of customers, and in which language, a text of its own is to be written. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";

import { Dialog, DialogForm } from "@/components/dialog";
import { useLanguage, wordFor } from "@/i18n";

import { pageOf, type Place } from "./place";

const LANGUAGES = ["es", "en"] as const;
const MAX_SEGMENT = 200;

export function NewSegmentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.templates;
  const [, navigate] = useLocation();
  const [segment, setSegment] = useState("");
  const [language, setLanguage] = useState<Place["language"]>("es");
  const name = segment.trim();
  return (
    <Dialog isOpen title={words.addSegmentTitle} onClose={onClose}>
      <DialogForm
        action={words.write}
        isPending={false}
        isReady={name !== ""}
        error={null}
        onConfirm={() => navigate(pageOf({ id, language, segment: name }))}
        onClose={onClose}
      >
        <p>{words.addSegmentBody}</p>
        <TextInput
          label={words.segment}
          description={words.segmentHint}
          value={segment}
          maxLength={MAX_SEGMENT}
          data-autofocus
          onChange={(event) => setSegment(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.language}
          value={language}
          data={LANGUAGES.map((value) => ({ value, label: wordFor(words.languages, value) }))}
          onChange={(event) => setLanguage(event.currentTarget.value === "en" ? "en" : "es")}
        />
      </DialogForm>
    </Dialog>
  );
}
