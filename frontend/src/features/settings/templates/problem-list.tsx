/** What is wrong with a text, and where; each leads the cursor to its place. */
import { UnstyledButton } from "@mantine/core";

import type { TemplateProblem } from "@/api/models";
import { type Messages, useLanguage, wordFor } from "@/i18n";

import { spanOf } from "./cursor";
import classes from "./templates.module.css";

interface Props {
  id: string;
  problems: readonly TemplateProblem[];
  text: string;
  onGo: (from: number, to: number) => void;
}

export function ProblemList({ id, problems, text, onGo }: Props) {
  const { m } = useLanguage();
  return (
    <ul id={id} className={classes.problems} aria-live="polite">
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.line} ${problem.column}`}>
          {hasPlace(problem) ? (
            <UnstyledButton className={classes.place} onClick={() => onGo(...spanOf(text, problem))}>
              {m.templates.place(problem.line, problem.column)}
            </UnstyledButton>
          ) : null}
          {textOf(problem, m.templates)}
        </li>
      ))}
    </ul>
  );
}

const WITHOUT_PLACE = ["missing_placeholder", "subject_may_be_empty", "template_too_long"];

function hasPlace({ code }: TemplateProblem): boolean {
  return !WITHOUT_PLACE.includes(code);
}

function textOf({ code, names }: TemplateProblem, words: Messages["templates"]): string {
  const said = wordFor(words.problems, code);
  if (names.length === 0) return said;
  const written = names.map((name) => `{{${name}}}`).join(words.or);
  return `${said} ${code === "missing_placeholder" ? words.use(written) : words.meant(written)}`;
}
