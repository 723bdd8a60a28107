/** The fields of a body, one under the other; what a field is made of stands indented below it. */
import { choices, type Description, limitsOf, resolved, type Schema, typeOf } from "./description";
import classes from "./developers.module.css";

const OPEN_TO = 1; // deeper levels are there, folded: an invoice has hundreds of fields

interface Props {
  schema: Schema;
  description: Description;
  depth?: number;
  above?: readonly string[];
}

export function SchemaTree({ schema, description, depth = 0, above = [] }: Props) {
  const models = modelsOf(schema, description).filter(({ name }) => name === null || !above.includes(name));
  return models.map(({ name, schema: model }) => (
    <Fields
      key={name ?? "fields"}
      model={model}
      name={models.length > 1 ? name : null}
      description={description}
      depth={depth}
      above={name === null ? above : [...above, name]}
    />
  ));
}

interface FieldsProps {
  model: Schema;
  name: string | null;
  description: Description;
  depth: number;
  above: readonly string[];
}

function Fields({ model, name, description, depth, above }: FieldsProps) {
  return (
    <>
      {name === null ? null : <p className={classes.variant}>{name}</p>}
      {depth === 0 && model.description ? <p className={classes.soft}>{plain(model.description)}</p> : null}
      <ul className={classes.fields}>
        {Object.entries(model.properties ?? {}).map(([field, schema]) => {
          const isRequired = model.required?.includes(field) ?? false;
          const notes = [typeOf(schema), ...(isRequired ? ["required"] : []), ...limitsOf(schema)];
          return (
            <li key={field}>
              <span className={classes.field}>{field}</span>{" "}
              <span className={classes.type}>{notes.join(" · ")}</span>
              {schema.description ? <div className={classes.soft}>{plain(schema.description)}</div> : null}
              <Below schema={schema} description={description} depth={depth + 1} above={above} field={field} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Below({ field, ...props }: Required<Props> & { field: string }) {
  const models = modelsOf(props.schema, props.description);
  const isNew = models.some(({ name }) => name === null || !props.above.includes(name));
  if (!isNew) return null;
  return (
    <details className={classes.below} open={props.depth <= OPEN_TO && models.length === 1 && isSmall(models[0]?.schema)}>
      <summary>{`Fields of ${field}`}</summary>
      <SchemaTree {...props} />
    </details>
  );
}

const isSmall = (schema: Schema | undefined) => Object.keys(schema?.properties ?? {}).length <= 12; // a screenful

/** The models with fields that a schema leads to, through lists, maps and choices. */
function modelsOf(schema: Schema, description: Description): { name: string | null; schema: Schema }[] {
  const found = resolved(schema, description);
  if (found.schema.properties !== undefined) return [found];
  const { branches } = choices(found.schema);
  const inner = branches.flatMap((branch) => {
    if (branch.items !== undefined) return [branch.items];
    if (typeof branch.additionalProperties === "object") return [branch.additionalProperties];
    return branch === found.schema ? [] : [branch];
  });
  return inner.flatMap((one) => modelsOf(one, description));
}

const plain = (text: string) => text.replaceAll("`", "");
