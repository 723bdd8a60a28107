/** The versions of a text: who wrote each and when, what differs from now, and the way back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useCan, useMe } from "@/api/me";
import type { TemplateInput, TemplateVersion } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { ListSkeleton } from "@/components/skeletons";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { TextDifference } from "./text-difference";
import classes from "./templates.module.css";
import { useRestoreTemplate, versionsQuery } from "./templates-api";
import type { Writing } from "./use-writing";

export function TemplateVersions({ writing }: { writing: Writing }) {
  const { m } = useLanguage();
  const words = m.templates;
  const versions = useQuery(versionsQuery(writing.place));
  return (
    <Panel title={words.versions}>
      {versions.data === undefined ? (
        versions.error ? (
          <ErrorState error={versions.error} retry={() => void versions.refetch()} />
        ) : (
          <ListSkeleton rows={2} />
        )
      ) : versions.data.length === 0 ? (
        <p className={classes.soft}>{words.noVersions}</p>
      ) : (
        <ol className={classes.versions}>
          {versions.data.map((version) => (
            <Version key={version.number} version={version} writing={writing} />
          ))}
          <Original writing={writing} />
        </ol>
      )}
    </Panel>
  );
}

function Version({ version, writing }: { version: TemplateVersion; writing: Writing }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.templates;
  const isOfSegment = writing.place.segment !== null;
  const back = isOfSegment ? words.versionForAll : words.versionShipped;
  const what = version.is_own ? null : back;
  const from =
    version.restored_from === null || !version.is_own ? null : words.restoredFrom(version.restored_from);
  const facts = [version.changed_by, formatInstant(version.changed_at, locale, timeZone), what, from];
  const isPresent = version.number === writing.read.version;
  return (
    <One
      name={words.version(version.number)}
      facts={facts.filter((one) => one !== null).join(" · ")}
      number={version.number}
      text={version.is_own ? version : null}
      isPresent={isPresent}
      writing={writing}
    />
  );
}

/** The text that ships, or for a segment the one for all: what there was before version 1. */
function Original({ writing }: { writing: Writing }) {
  const { m } = useLanguage();
  const words = m.templates;
  const isOfSegment = writing.place.segment !== null;
  return (
    <One
      name={isOfSegment ? words.versionForAll : words.versionShipped}
      facts=""
      number={0}
      text={isOfSegment ? null : writing.read.shipped}
      isPresent={!writing.read.is_own}
      writing={writing}
    />
  );
}

interface OneProps {
  name: string;
  facts: string;
  number: number;
  /** Null where it is not known here, or is no text of its own. */
  text: TemplateInput | null;
  isPresent: boolean;
  writing: Writing;
}

function One({ name, facts, number, text, isPresent, writing }: OneProps) {
  const { m } = useLanguage();
  const words = m.templates;
  const [isCompared, setCompared] = useState(false);
  const isAdmin = useCan("admin");
  return (
    <li className={classes.version}>
      <div className={classes.versionHead}>
        <strong>{name}</strong>
        {isPresent ? <span className={classes.soft}>{words.isPresent}</span> : null}
        {text === null || isPresent ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={isCompared}
            aria-label={`${isCompared ? words.hideCompare : words.compare}: ${name}`}
            onClick={() => setCompared(!isCompared)}
          >
            {isCompared ? words.hideCompare : words.compare}
          </Button>
        )}
        {isAdmin && !isPresent ? <Restore name={name} number={number} writing={writing} /> : null}
      </div>
      {facts === "" ? null : <p className={classes.soft}>{facts}</p>}
      {isCompared && text !== null ? <TextDifference before={text} after={writing.read} /> : null}
    </li>
  );
}

function Restore({ name, number, writing }: Pick<OneProps, "name" | "number" | "writing">) {
  const { m } = useLanguage();
  const words = m.templates;
  const notify = useToast();
  const [isAsking, setAsking] = useState(false);
  const restore = useRestoreTemplate(writing.place);
  const { language, segment } = writing.place;
  const close = () => {
    setAsking(false);
    restore.reset();
  };
  const confirm = () =>
    restore.mutate(
      { input: { language, segment, number }, version: writing.read.version },
      {
        onSuccess: (after) => {
          close();
          writing.begin(after);
          notify({ tone: "good", text: words.restored });
        },
      },
    );
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${words.restore}: ${name}`}
        onClick={() => setAsking(true)}
      >
        {words.restore}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.restoreTitle(name)}
        action={words.restore}
        isPending={restore.isPending}
        error={restore.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{words.restoreBody(writing.read.version + 1)}</p>
        {writing.isChanged ? <p>{words.restoreUnsaved}</p> : null}
      </ConfirmDialog>
    </>
  );
}
