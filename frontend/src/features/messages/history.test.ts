import { describe, expect, it } from "vitest";

import { en } from "@/i18n/en";

import { historyOf } from "./history";

const message = {
  channel: "email" as const,
  state: "sent" as const,
  created_at: "2026-03-02T10:00:00Z",
  claimed_at: "2026-03-02T10:01:00Z",
  sent_at: "2026-03-02T10:01:02Z",
  fates: [],
};

const titles = (given: Parameters<typeof historyOf>[0]) => historyOf(given, en).map(({ title }) => title);

describe("the history of a message", () => {
  it("has our own steps while nothing is reported", () => {
    expect(titles(message)).toEqual(["Handed to the mail service", "Put in the queue"]);
    expect(titles({ ...message, claimed_at: null, sent_at: null })).toEqual(["Put in the queue"]);
  });

  it("does not claim that a mail was handed over of which nobody knows", () => {
    expect(titles({ ...message, state: "unknown", sent_at: null })).toEqual([
      "It was tried; there was no answer",
      "Put in the queue",
    ]);
  });

  it("is written and posted for a letter", () => {
    expect(titles({ ...message, channel: "letter", claimed_at: null })).toEqual(["Posted", "Written"]);
  });

  it("keeps the order of the server within a second", () => {
    const at = "2026-03-02T10:01:03Z";
    const fates = (["sent", "delivered"] as const).map((what) => ({ what, at, address: null, detail: null }));

    expect(titles({ ...message, created_at: at, fates })).toEqual(["Delivered", "On its way", "Put in the queue"]);
  });

  it("shows what is reported, newest first, and the sending once", () => {
    const fates = [
      { what: "sent" as const, at: "2026-03-02T10:01:03Z", address: null, detail: null },
      { what: "delayed" as const, at: "2026-03-02T10:30:00Z", address: null, detail: "421 later" },
      { what: "bounced" as const, at: "2026-03-02T11:00:00Z", address: "eva@b.example", detail: "550" },
    ];

    const history = historyOf({ ...message, fates }, en);

    expect(history.map(({ title, detail }) => [title, detail])).toEqual([
      ["The address does not exist or takes no mail", "copy to eva@b.example · 550"],
      ["Delayed; the mail service goes on trying", "421 later"],
      ["On its way", undefined],
      ["Put in the queue", undefined],
    ]);
  });
});
