import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { es } from "@/i18n/es";

import { rhythmOf } from "./rhythm";

describe("a rhythm in words", () => {
  it("names the day of the week, of the month and of the year", () => {
    const start_on = "2027-03-15";

    expect(rhythmOf({ every: "week", on_day: 1, start_on }, es, "es")).toBe("cada semana, los lunes");
    expect(rhythmOf({ every: "month", on_day: 15, start_on }, es, "es")).toBe("cada mes, el día 15");
    expect(rhythmOf({ every: "year", on_day: 15, start_on }, es, "es")).toBe("cada año, el 15 de marzo");
    expect(rhythmOf({ every: "year", on_day: 15, start_on }, en, "en")).toBe("every year, on 15 March");
  });

  it("says what becomes of the 31st", () => {
    expect(rhythmOf({ every: "month", on_day: 31, start_on: "2027-01-31" }, en, "en")).toBe(
      "every month, on day 31 or the last",
    );
  });
});
