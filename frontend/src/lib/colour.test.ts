import { describe, expect, it } from "vitest";

import { carriesWhite, contrast, isColour, readableOn, textOn } from "./colour";

describe("the accent colour", () => {
  it("must carry white text", () => {
    expect(carriesWhite("#1f5fbf")).toBe(true);
    expect(carriesWhite("#ffd400")).toBe(false);
  });

  it("is six hexadecimal digits", () => {
    expect(isColour("#1f5fbf")).toBe(true);
    expect(isColour("red")).toBe(false);
  });
});

describe("a company's colour in the portal", () => {
  it("carries white or ink, what is read better", () => {
    expect(textOn("#1f5fbf")).toBe("#ffffff");
    expect(textOn("#ffd400")).toBe("#181c21");
  });

  it("stays as it is where it can be read", () => {
    expect(readableOn("#1f5fbf", "#ffffff")).toBe("#1f5fbf");
  });

  it.each(["#ffd400", "#ffffff", "#000000", "#1f5fbf", "#808080"])(
    "is moved until it can be read on light and on dark: %s",
    (colour) => {
      for (const ground of ["#ffffff", "#171b20"]) {
        expect(contrast(readableOn(colour, ground), ground)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
