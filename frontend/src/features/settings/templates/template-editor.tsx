/** One text: written on the left, as the customer reads it on the right, its versions below. */
import { Button } from "@mantine/core";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Template } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";

import type { Place } from "./place";
import { TemplatePreview } from "./template-preview";
import { TemplateVersions } from "./template-versions";
import classes from "./templates.module.css";
import { useSaveTemplate } from "./templates-api";
import { TextFields } from "./text-fields";
import { useStanding } from "./use-standing";
import { useWriting, type Writing } from "./use-writing";

export function TemplateEditor({ place, first }: { place: Place; first: Template }) {
  const { m } = useLanguage();
  const words = m.templates;
  const writing = useWriting(place, first);
  const standing = useStanding(writing.read);
  const about = [
    wordFor(words.languages, place.language),
    place.segment === null ? null : words.forSegment(place.segment),
    standing,
  ].filter((one) => one !== null);
  return (
    <>
      <PageHeader
        title={wordFor(words.names, place.id)}
        crumb={<Link href={pages.templates}>{words.back}</Link>}
        detail={about.join(" · ")}
      />
      <div className={classes.columns}>
        <div className={classes.writing}>
          <Panel>
            <TextFields writing={writing} />
            <Saving writing={writing} />
          </Panel>
        </div>
        <TemplatePreview writing={writing} />
        <div className={classes.earlier}>
          <TemplateVersions writing={writing} />
        </div>
      </div>
    </>
  );
}

function Saving({ writing }: { writing: Writing }) {
  const { m } = useLanguage();
  const words = m.templates;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const save = useSaveTemplate(writing.place);
  if (!isAdmin) return <p className={classes.soft}>{m.settings.readOnly}</p>;
  const submit = () =>
    save.mutate(
      { input: writing.text, version: writing.read.version },
      {
        onSuccess: (after) => {
          writing.begin(after);
          notify({ tone: "good", text: words.saved(after.version) });
        },
      },
    );
  return (
    <>
      <CommandError error={save.error ?? writing.checkError} />
      <div className={classes.actions}>
        <Button
          onClick={submit}
          loading={save.isPending}
          disabled={!writing.isChanged || writing.problems.length > 0}
        >
          {words.save}
        </Button>
        {writing.isChanged ? (
          <>
            <Button variant="default" onClick={() => writing.begin(writing.read)}>
              {words.discard}
            </Button>
            <span className={classes.soft}>{words.unsaved}</span>
          </>
        ) : null}
      </div>
    </>
  );
}
