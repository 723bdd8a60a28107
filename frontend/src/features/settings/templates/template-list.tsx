/** All texts by purpose, in both languages, with who changed each last. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import type { Placeholder, TemplateRow } from "@/api/models";
import { Panel } from "@/components/panel";
import { useLanguage, wordFor } from "@/i18n";

import settings from "../settings.module.css";
import { NewSegmentDialog } from "./new-segment-dialog";
import { pageOf } from "./place";
import classes from "./templates.module.css";
import { placeholdersQuery } from "./templates-api";
import { useStanding } from "./use-standing";

const GROUPS = ["reminder", "letter", "documents"] as const;
type Group = (typeof GROUPS)[number];

function groupOf({ purpose }: TemplateRow): Group {
  return purpose === "reminder" || purpose === "letter" ? purpose : "documents";
}

export function TemplateList({ items }: { items: readonly TemplateRow[] }) {
  const { m } = useLanguage();
  const words = m.templates;
  return (
    <div className={settings.stack}>
      <p className={classes.soft}>{words.body}</p>
      {GROUPS.map((group) => (
        <Panel key={group} title={words.purposes[group]} padding="flush">
          <ul className={settings.rows}>
            {idsOf(items.filter((one) => groupOf(one) === group)).map((id) => (
              <Texts key={id} id={id} rows={items.filter((one) => one.id === id)} />
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}

function idsOf(rows: readonly TemplateRow[]): string[] {
  return [...new Set(rows.map(({ id }) => id))];
}

function Texts({ id, rows }: { id: string; rows: readonly TemplateRow[] }) {
  const { m } = useLanguage();
  const words = m.templates;
  const isAdmin = useCan("admin");
  const [isAdding, setAdding] = useState(false);
  const name = wordFor(words.names, id);
  return (
    <li className={classes.template}>
      <div className={classes.templateHead}>
        <h3 className={settings.name}>{name}</h3>
        {isAdmin ? (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`${name}: ${words.addSegment}`}
            onClick={() => setAdding(true)}
          >
            {words.addSegment}
          </Button>
        ) : null}
      </div>
      <ul className={classes.texts}>
        {rows.map((row) => (
          <Text key={pageOf(row)} row={row} name={name} />
        ))}
      </ul>
      {isAdding ? <NewSegmentDialog id={id} onClose={() => setAdding(false)} /> : null}
    </li>
  );
}

function Text({ row, name }: { row: TemplateRow; name: string }) {
  const { m } = useLanguage();
  const words = m.templates;
  const language = wordFor(words.languages, row.language);
  const label =
    row.segment === null ? language : `${language} · ${words.forSegment(row.segment)}`;
  const standing = useStanding(row);
  const facts = useQuery(placeholdersQuery);
  return (
    <li className={classes.text}>
      <Link href={pageOf(row)} className={classes.link} aria-label={`${name}: ${label}`}>
        {label}
      </Link>
      <span className={classes.subjectLine} lang={row.language}>
        {asExample(row, facts.data ?? [])}
      </span>
      <span className={classes.soft}>{standing}</span>
    </li>
  );
}

/** The subject as a customer would read it, with the examples of the facts that it names. */
function asExample({ subject, language }: TemplateRow, facts: readonly Placeholder[]): string {
  const read = subject.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (written, name: string) => {
    const fact = facts.find((one) => one.name === name || one.name_es === name);
    if (fact === undefined) return written;
    return language === "es" ? fact.example_es : fact.example_en;
  });
  return read.charAt(0).toUpperCase() + read.slice(1);
}
