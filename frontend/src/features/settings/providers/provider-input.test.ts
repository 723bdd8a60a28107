import { expect, test } from "vitest";

import { codesIn, filledIn } from "./provider-input";

test("a key left empty is not sent, so that what is kept stays", () => {
  expect(filledIn({ api_key: " sk_1 ", webhook_secret: "  " })).toEqual({ api_key: "sk_1" });
});

test("currencies are taken as people write them, each once", () => {
  expect(codesIn(" eur, usd;EUR\nmxn ")).toEqual(["EUR", "USD", "MXN"]);
  expect(codesIn("")).toEqual([]);
});
