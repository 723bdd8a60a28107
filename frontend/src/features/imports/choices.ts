/** What a person chooses for the columns and for what the file does not say, as a form keeps it. */
import type { ImportColumn, ImportFile, ImportMapping } from "@/api/models";

export type What = ImportFile["what"];
export type Chosen = ImportMapping["columns"][number];
type Style = NonNullable<Chosen["style"]>;
export type Options = ImportFile["options"];

const FIELDS: Readonly<Record<What, readonly string[]>> = {
  customers: [
    "code",
    "name",
    "tax_id",
    "country",
    "address",
    "email",
    "phone",
    "language",
    "currency",
    "terms_days",
    "segment",
    "credit_limit",
    "invoices_email",
    "reminders_email",
    "notes",
    "id",
  ],
  invoices: [
    "number",
    "customer_code",
    "customer_tax_id",
    "customer_name",
    "customer_email",
    "customer_country",
    "issue_date",
    "due_date",
    "terms_days",
    "currency",
    "net",
    "tax",
    "total",
    "paid_amount",
    "paid_on",
    "open_amount",
    "description",
    "purchase_order",
    "disputed",
  ],
};
const AMOUNTS: readonly string[] = ["credit_limit", "net", "tax", "total", "paid_amount", "open_amount"];
const DATES: readonly string[] = ["issue_date", "due_date", "paid_on"];
const REPEATABLE: readonly string[] = ["address", "notes", "description"];
const STYLES: readonly Style[] = ["es", "en", "dmy", "mdy"];

/** By place of the column. */
export type Choices = Readonly<Record<number, { field: string; style: string }>>;

export function choicesOf(file: Pick<ImportFile, "chosen">): Choices {
  return Object.fromEntries(
    file.chosen.map(({ place, field, style }) => [place, { field, style: style ?? "" }]),
  );
}

/** The fields that a column may be: those that no other column is. */
export function fieldsFor(what: What, choices: Choices, place: number): string[] {
  const others = Object.entries(choices).filter(([other]) => Number(other) !== place);
  const taken = others.map(([, { field }]) => field);
  return FIELDS[what].filter((field) => REPEATABLE.includes(field) || !taken.includes(field));
}

/** Which ways of writing there are for a column, the guessed one, and whether one has to be chosen. */
export function stylesOf(column: ImportColumn, field: string) {
  const guess = AMOUNTS.includes(field) ? column.amounts : DATES.includes(field) ? column.dates : null;
  if (guess === null || guess.basis === "any") return null;
  const styles: Style[] = AMOUNTS.includes(field) ? ["es", "en"] : ["dmy", "mdy"];
  return { styles, guess: guess.style, mustChoose: guess.basis === "ask" };
}

export function withField(choices: Choices, place: number, field: string): Choices {
  const others = Object.fromEntries(
    Object.entries(choices).filter(([other]) => Number(other) !== place),
  );
  return field === "" ? others : { ...others, [place]: { field, style: "" } };
}

export function withStyle(choices: Choices, place: number, style: string): Choices {
  const known = choices[place];
  return known === undefined ? choices : { ...choices, [place]: { ...known, style } };
}

/** The columns whose cells can be read in two ways, and nobody has said which. */
export function unanswered(columns: readonly ImportColumn[], choices: Choices): ImportColumn[] {
  return columns.filter((column) => {
    const choice = choices[column.place];
    if (choice === undefined || choice.style !== "") return false;
    return stylesOf(column, choice.field)?.mustChoose ?? false;
  });
}

export function mappingOf(choices: Choices, options: Options): ImportMapping {
  return {
    columns: Object.entries(choices).map(([place, { field, style }]) => ({
      place: Number(place),
      field,
      style: STYLES.find((one) => one === style) ?? null,
    })),
    options: { ...options, language: languageOf(options.language) },
  };
}

function languageOf(text: string | null): "es" | "en" | null {
  return text === "es" || text === "en" ? text : null;
}
