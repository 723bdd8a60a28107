import { describe, expect, it } from "vitest";

import { stepsFor } from "./next-step";
import { anInvoice, aSettlement } from "./samples";

const accountant = { canWrite: true, canChase: true };
const collector = { canWrite: false, canChase: true };
const viewer = { canWrite: false, canChase: false };

describe("what comes next", () => {
  it("of a draft is its issue, by those who may write", () => {
    const draft = anInvoice({ state: "draft", number: null });

    expect(stepsFor(draft, accountant)).toEqual({
      main: "issue",
      beside: ["edit"],
      menu: [["schedule"], ["copy"], ["delete"]],
    });
    expect(stepsFor(draft, collector)).toEqual({ main: null, beside: [], menu: [] });
  });

  it("of a scheduled draft can be taken off the schedule; a recurring one has its own day", () => {
    const draft = { state: "draft", number: null } as const;

    expect(stepsFor(anInvoice({ ...draft, scheduled_on: "2026-12-01" }), accountant).menu[0]).toEqual([
      "schedule",
      "unschedule",
    ]);
    expect(stepsFor(anInvoice({ ...draft, recurring_id: "rec_1" }), accountant).menu).toEqual([
      ["copy"],
      ["delete"],
    ]);
  });

  it("of an issued invoice is its mail, and then the money", () => {
    expect(stepsFor(anInvoice({ mail_state: null }), accountant)).toMatchObject({
      main: "send",
      beside: ["payment"],
    });
    expect(stepsFor(anInvoice(), accountant)).toEqual({
      main: "payment",
      beside: ["send"],
      menu: [["payLink", "dispute", "promise", "plan", "hold"], ["creditNote", "writeOff", "void"], ["copy"]],
    });
  });

  it("of one that was issued elsewhere is its money: there is nothing of it to send", () => {
    const imported = anInvoice({ origin: "imported", mail_state: null });

    expect(stepsFor(imported, accountant)).toMatchObject({ main: "payment", beside: [] });
    expect(stepsFor(imported, collector)).toMatchObject({ main: null, beside: [] });
  });

  it("is no more than the role allows", () => {
    expect(stepsFor(anInvoice(), collector)).toEqual({
      main: null,
      beside: ["send"],
      menu: [["payLink", "dispute", "promise", "plan", "hold"]],
    });
    expect(stepsFor(anInvoice(), viewer)).toEqual({ main: null, beside: [], menu: [] });
  });

  it("is not to make void what was settled, nor to credit what is credited", () => {
    const settled = anInvoice({ state: "partially_paid", settlements: [aSettlement()], open_minor: 7_100 });
    const credited = anInvoice({ state: "paid", credited_minor: 12_100, open_minor: 0 });

    expect(stepsFor(settled, accountant).menu[1]).toEqual(["creditNote", "writeOff"]);
    expect(stepsFor(credited, accountant).menu).toEqual([["copy"]]);
  });

  it("of what is written off is to reinstate it", () => {
    const lost = anInvoice({ state: "written_off", written_off_minor: 12_100, open_minor: 0 });

    expect(stepsFor(lost, accountant)).toEqual({ main: null, beside: ["reinstate"], menu: [["copy"]] });
  });

  it("waits while a second person is asked", () => {
    const approval = { state: "waiting", what: "write_off" } as never;

    expect(stepsFor(anInvoice({ approvals: [approval] }), accountant).menu[1]).toEqual(["creditNote"]);
  });
});
