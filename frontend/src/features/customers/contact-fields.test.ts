import { describe, expect, it } from "vitest";

import { blankContact, contactFormsOf, contactsOf, wrongContacts } from "./contact-fields";

const ana = { ...blankContact("a"), name: " Ana ", email: "ana@b.es", roles: ["reminders"] as const };

describe("the contacts of a customer", () => {
  it("are sent as they were read when nobody changes them", () => {
    const contacts = contactsOf([ana, { ...blankContact("b"), id: "con_1", name: "Luis", phone: "976" }]);

    expect(contactsOf(contactFormsOf({ contacts }))).toEqual(contacts);
    expect(contacts[0]).toEqual({
      id: "",
      name: "Ana",
      email: "ana@b.es",
      phone: null,
      roles: ["reminders"],
      language: null,
      is_copy: false,
    });
  });

  it("need a name, and an address where something is sent to them", () => {
    const rows = [{ ...ana, email: "" }, { ...ana, email: "no at" }, blankContact("c"), ana];

    expect([...wrongContacts(rows)]).toEqual([
      ["/contacts/0/email", "emailNeeded"],
      ["/contacts/1/email", "badEmail"],
      ["/contacts/2/name", "badName"],
    ]);
  });
});
