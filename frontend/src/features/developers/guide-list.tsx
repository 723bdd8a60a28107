/** What holds for every operation, one guide under the other. */
import { CodeBlock } from "./code-block";
import classes from "./developers.module.css";
import type { Guide } from "./guides";

export function GuideList({ guides, version }: { guides: readonly Guide[]; version: string }) {
  return (
    <>
      {guides.map(({ id, title, paragraphs, code }) => (
        <section key={id} className={classes.guide} aria-labelledby={id}>
          <h2 id={id} className={classes.resource} tabIndex={-1}>
            {title}
          </h2>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {code === undefined ? null : <CodeBlock code={code} label={title} />}
        </section>
      ))}
      <p className={classes.version}>{`OpenAPI 3.1 · ${version}`}</p>
    </>
  );
}
