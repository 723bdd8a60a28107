/** Which rule is whose, as rows of a form, and the body that comes of them. */
import type { Policies, PoliciesInput } from "@/api/models";

export interface SegmentRow {
  key: string;
  segment: string;
  policyId: string;
}

export interface Assignment {
  defaultId: string;
  rows: SegmentRow[];
}

const MAX_NAME = 200;

export function assignmentOf({ default_id: defaultId, segments }: Policies): Assignment {
  return {
    defaultId,
    rows: Object.entries(segments)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([segment, policyId]) => ({ key: segment, segment, policyId })),
  };
}

export type RowFlaw = "noName" | "twice" | "tooLong";

/** What is wrong, by the key of the row. */
export function wrongIn({ rows }: Assignment): ReadonlyMap<string, RowFlaw> {
  const wrong = new Map<string, RowFlaw>();
  const seen = new Set<string>();
  for (const { key, segment } of rows) {
    const name = segment.trim();
    if (name === "") wrong.set(key, "noName");
    else if (name.length > MAX_NAME) wrong.set(key, "tooLong");
    else if (seen.has(name)) wrong.set(key, "twice");
    seen.add(name);
  }
  return wrong;
}

export function inputOf({ defaultId, rows }: Assignment): PoliciesInput {
  return {
    default_id: defaultId,
    segments: Object.fromEntries(rows.map(({ segment, policyId }) => [segment.trim(), policyId])),
  };
}

/** Whether the form says something else than what is stored. */
export function isChanged(assignment: Assignment, policies: Policies): boolean {
  const { default_id: defaultId, segments = {} } = inputOf(assignment);
  const names = Object.keys(segments);
  return (
    defaultId !== policies.default_id ||
    assignment.rows.length !== Object.keys(policies.segments).length ||
    names.some((name) => segments[name] !== policies.segments[name])
  );
}

/** The segments that follow a rule. */
export function segmentsOf({ segments }: Policies, id: string): string[] {
  return Object.entries(segments)
    .filter(([, one]) => one === id)
    .map(([segment]) => segment)
    .sort((one, other) => one.localeCompare(other));
}
