import { describe, expect, it } from "vitest";

import { GROUPS, groupsFor, isForAdmins, partNamed } from "./parts";

const names = GROUPS.flatMap(({ parts }) => parts.slice());

describe("the parts of the settings", () => {
  it("each stand in one group", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(14);
  });

  it("are known by their names, and nothing else is", () => {
    expect(partNamed("hours")).toBe("hours");
    expect(partNamed("nowhere")).toBeNull();
  });

  it("who does not administer sees all but people and keys", () => {
    expect(names.filter(isForAdmins)).toEqual(["people", "keys"]);
    expect(groupsFor(false).map(({ key }) => key)).toEqual(["business", "chase", "books", "own"]);
    expect(groupsFor(true)).toHaveLength(5);
  });
});
