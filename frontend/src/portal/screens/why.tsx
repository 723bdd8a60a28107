/** Why the customer does not agree: a reason from the list, and in their own words. */
import { Field } from "../base/field";
import type { DisputeCategory } from "../model";
import { useAllWords } from "../words";

const MOST_LETTERS = 2000;

interface Props {
  category: DisputeCategory | null;
  setCategory: (category: DisputeCategory) => void;
  comment: string;
  setComment: (text: string) => void;
  needsComment: boolean;
  wrong: Record<"category" | "comment", string | null | undefined>;
}

export function Why({ category, setCategory, comment, setComment, needsComment, wrong }: Props) {
  const { w } = useAllWords();
  return (
    <>
      <Field label={w.dispute.reason} error={wrong.category}>
        {(worn) => (
          <select
            {...worn}
            value={category ?? ""}
            onChange={(event) => setCategory(event.target.value as DisputeCategory)}
          >
            <option value="" disabled>
              {w.dispute.choose}
            </option>
            {Object.entries(w.dispute.reasons).map(([code, text]) => (
              <option key={code} value={code}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.dispute.comment} isOptional={!needsComment} error={wrong.comment}>
        {(worn) => (
          <textarea
            {...worn}
            rows={4}
            maxLength={MOST_LETTERS}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
