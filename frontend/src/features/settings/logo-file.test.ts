import { describe, expect, it } from "vitest";

import { base64Of, logoFault } from "./logo-file";

describe("a picture that somebody chose", () => {
  it("is refused before it is sent when it is no picture or too large", () => {
    expect(logoFault({ type: "image/png", size: 512 * 1024 })).toBeNull();
    expect(logoFault({ type: "image/jpeg", size: 512 * 1024 + 1 })).toBe("size");
    expect(logoFault({ type: "image/svg+xml", size: 10 })).toBe("type");
    expect(logoFault({ type: "", size: 10 })).toBe("type");
  });

  it("travels as base64, whatever its length", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, place) => place % 256);

    expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    expect(base64Of(new Uint8Array())).toBe("");
  });
});
