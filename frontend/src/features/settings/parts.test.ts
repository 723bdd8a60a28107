import { describe, expect, it } from "vitest";

import { GROUPS, groupsFor, isForAdmins, partNamed } from "./parts";

const names = GROUPS.flatMap(({ parts }) => parts.slice());

describe("the parts of the settings", () => {
  it("each stand in one group", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(16);
  });

  it("are known by their names, and nothing else is", () => {
    expect(partNamed("hours")).toBe("hours");
    expect(partNamed("nowhere")).toBeNull();
  });

  it("who does not administer sees all but people, keys and webhooks", () => {
    expect(names.filter(isForAdmins)).toEqual(["people", "keys", "webhooks"]);
    expect(groupsFor(false).map(({ key }) => key)).toEqual(["business", "chase", "books", "own"]);
    expect(groupsFor(true)).toHaveLength(5);
  });
});
