import { describe, expect, it } from "vitest";

import { blankForm, changesOf, inputOf, wrongIn } from "./customer-fields";

const me = {
  email: "ana@example.com",
  name: "Ana",
  role: "admin" as const,
  company_name: "Ferretería",
  language: "es" as const,
  currency: "EUR",
  time_zone: "Europe/Madrid",
  today: "2026-11-21",
  sending_frozen: false,
  local: true,
};

describe("the form of a customer", () => {
  it("sends what is blank as null, so that the company's defaults hold", () => {
    const input = inputOf({ ...blankForm(me), name: " Talleres Ibarra " }, "es");
    expect(input).toMatchObject({ name: "Talleres Ibarra", email: null, terms_days: null });
  });

  it("sends only what was changed", () => {
    const first = { ...blankForm(me), name: "Ibarra", terms_days: "30", email: "a@b.es" };
    expect(changesOf({ ...first, email: "", terms_days: "60" }, first, "es")).toEqual({
      email: null,
      terms_days: 60,
    });
  });

  it("lets the terms be blank only for a new customer", () => {
    const blank = { ...blankForm(me), name: "Ibarra" };
    expect(wrongIn(blank, blank, "es")).toEqual({});
    expect(wrongIn(blank, { ...blank, terms_days: "30" }, "es")).toEqual({ terms_days: "days" });
  });

  it("finds a missing name, a bad address and days out of range", () => {
    const first = blankForm(me);
    const form = { ...first, email: "no at sign", terms_days: "366" };
    expect(wrongIn(form, first, "es")).toEqual({ name: "badName", email: "badEmail", terms_days: "days" });
  });
});
