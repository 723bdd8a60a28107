/** What would change from the present text to an earlier one: words that go, words that come. */
import { VisuallyHidden } from "@mantine/core";

import type { TemplateInput } from "@/api/models";
import { useLanguage } from "@/i18n";

import classes from "./templates.module.css";
import { wordDiff } from "./word-diff";

const FIELDS = ["subject", "opening", "closing"] as const;

interface Props {
  before: TemplateInput;
  after: TemplateInput;
}

export function TextDifference({ before, after }: Props) {
  const { m } = useLanguage();
  const changed = FIELDS.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return <p className={classes.soft}>{m.templates.sameAsPresent}</p>;
  return (
    <dl className={classes.difference}>
      {changed.map((field) => (
        <div key={field}>
          <dt>{m.templates[field]}</dt>
          <dd>
            <Changed before={before[field]} after={after[field]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changed({ before, after }: { before: string; after: string }) {
  const { m } = useLanguage();
  const pieces = wordDiff(before, after);
  return pieces.map(({ what, text }, at) => {
    const key = `${at} ${what}`;
    if (what === "same") return <span key={key}>{text}</span>;
    const Mark = what === "removed" ? "del" : "ins";
    return (
      <Mark key={key}>
        <VisuallyHidden>{` [${m.templates[what]}] `}</VisuallyHidden>
        {text}
      </Mark>
    );
  });
}
