import { describe, expect, it } from "vitest";

import { dialled, phonesIn } from "./phones";

describe("the numbers of a call to make", () => {
  it("stand beside their names, and the company's own alone", () => {
    expect(phonesIn("Ana Gil +34 976 111 222 · 976-333-444")).toEqual([
      { name: "Ana Gil", phone: "+34 976 111 222" },
      { name: "", phone: "976-333-444" },
    ]);
  });

  it("are none where nobody wrote one down", () => {
    expect(phonesIn("")).toEqual([]);
    expect(phonesIn("Ana")).toEqual([]);
  });

  it("are dialled without what people put between digits", () => {
    expect(dialled("+34 (976) 111-222")).toBe("tel:+34976111222");
  });
});
