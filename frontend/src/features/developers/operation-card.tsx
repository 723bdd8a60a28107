/** One operation: what it does, who may, what it takes, what it answers, and an example of both. */
import { useLanguage } from "@/i18n";

import { CodeBlock } from "./code-block";
import { type Description, isJson, limitsOf, type Operation, type Parameter, typeOf } from "./description";
import classes from "./developers.module.css";
import { curlOf, exampleOf } from "./example";
import { Method } from "./method";
import { SchemaTree } from "./schema-tree";

interface Props {
  operation: Operation;
  description: Description;
  origin: string;
}

export function OperationCard({ operation, description, origin }: Props) {
  const { m } = useLanguage();
  const words = m.developers;
  const { id, takes, gives, givesType, status } = operation;
  return (
    <article className={classes.card} aria-labelledby={id}>
      <h3 id={id} className={classes.heading} tabIndex={-1}>
        <Method method={operation.method} />
        <span className={classes.wholePath}>{operation.path}</span>
        <a href={`#${id}`} className={classes.anchor} aria-label={words.linkTo(operation.summary)}>
          {"#"}
        </a>
      </h3>
      <div className={classes.halves}>
        <div className={classes.half}>
          <p className={classes.summary}>{operation.summary}</p>
          <Prose text={operation.description} />
          <Parameters parameters={operation.parameters} />
          {takes === null ? null : (
            <>
              <h4 className={classes.label}>{`Body · ${typeOf(takes)}`}</h4>
              {isJson(operation.mediaType) ? <SchemaTree schema={takes} description={description} /> : (
                <p className={classes.soft}>{operation.mediaType}</p>
              )}
            </>
          )}
          <h4 className={classes.label}>{`Answer ${status}${gives === null ? "" : ` · ${typeOf(gives)}`}`}</h4>
          {gives !== null && isJson(givesType) ? (
            <SchemaTree schema={gives} description={description} />
          ) : (
            <p className={classes.soft}>{givesType ?? "No body."}</p>
          )}
        </div>
        <div className={classes.half}>
          <h4 className={classes.label}>{"Example request"}</h4>
          <CodeBlock code={curlOf(operation, description, origin)} label={`Request: ${operation.summary}`} />
          {gives !== null && isJson(givesType) ? (
            <>
              <h4 className={classes.label}>{`Example answer · ${status}`}</h4>
              <CodeBlock
                code={JSON.stringify(exampleOf(gives, description), null, 2)}
                label={`Answer: ${operation.summary}`}
              />
            </>
          ) : null}
        </div>
      </div>
    </article>
  );
}

/** Paragraphs, with what stands between backticks as code. */
function Prose({ text }: { text: string }) {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => (
      <p key={paragraph} className={classes.soft}>
        {paragraph.split(/`+/).map((part, place) => (place % 2 === 1 ? <code key={place}>{part}</code> : part))}
      </p>
    ));
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  if (parameters.length === 0) return null;
  return (
    <>
      <h4 className={classes.label}>{"Parameters"}</h4>
      <ul className={classes.fields}>
        {parameters.map((one) => (
          <li key={`${one.in} ${one.name}`}>
            <span className={classes.field}>{one.name}</span>{" "}
            <span className={classes.type}>
              {[one.in, typeOf(one.schema), ...(one.required ? ["required"] : []), ...limitsOf(one.schema)].join(" · ")}
            </span>
            {one.description === undefined ? null : <div className={classes.soft}>{one.description}</div>}
          </li>
        ))}
      </ul>
    </>
  );
}
