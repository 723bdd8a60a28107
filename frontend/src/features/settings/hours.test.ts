import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";
import { es } from "@/i18n/es";

import { type HoursForm, rangeOf, wrongIn } from "./hours";
import { weekdaysText } from "./weekdays";

const form: HoursForm = {
  opens: "09:00",
  closes: "18:00",
  weekdays: [1, 2, 3, 4, 5],
  spread: "0",
  daysOff: [],
};

describe("the hours at which people are written to", () => {
  it("end after they have begun, and after the mail is spread", () => {
    expect(wrongIn(form)).toEqual({});
    expect(wrongIn({ ...form, closes: "09:00" })).toEqual({ closes: "badCloses" });
    expect(wrongIn({ ...form, closes: "11:00", spread: "120" })).toEqual({ closes: "badCloses" });
    expect(wrongIn({ ...form, closes: "11:01", spread: "120" })).toEqual({});
  });

  it("are hours, on a day at least, spread over four hours at most", () => {
    expect(wrongIn({ ...form, opens: "", weekdays: [], spread: "241" })).toEqual({
      opens: "badHour",
      weekdays: "noWeekday",
      spread: "badSpread",
    });
  });

  it("are told as a range of days where they are one", () => {
    expect(rangeOf([5, 1, 2, 3, 4])).toEqual([1, 5]);
    expect(rangeOf([1, 2])).toBeNull();
    expect(weekdaysText([1, 2, 3, 4, 5], es, "es")).toBe("de lunes a viernes");
    expect(weekdaysText([5, 1, 3], es, "es")).toBe("los lunes, miércoles y viernes");
    expect(weekdaysText([1, 2, 3, 4, 5, 6, 7], en, "en")).toBe("every day");
    expect(weekdaysText([6, 7], en, "en")).toBe("on Saturday and Sunday");
  });
});
