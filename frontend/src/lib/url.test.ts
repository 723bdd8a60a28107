import { describe, expect, it } from "vitest";

import { auth, endpoints, pages, withQuery } from "@/config/paths";

describe("URLs", () => {
  it("leave out what is not set", () => {
    expect(withQuery("/invoices", { tab: "open", number: "", cursor: null, x: undefined })).toBe(
      "/invoices?tab=open",
    );
    expect(withQuery("/invoices", { tab: null })).toBe("/invoices");
  });

  it("escape what comes from outside", () => {
    expect(pages.customer("a/b?c")).toBe("/customers/a%2Fb%3Fc");
    expect(endpoints.person("ana+x@ortiz.es")).toBe("/v1/people/ana%2Bx%40ortiz.es");
    expect(auth.login("/invoices?tab=open")).toBe("/auth/login?return_to=%2Finvoices%3Ftab%3Dopen");
  });
});
