/** The words about the company's logo. */
export const logo = {
  title: "Logo",
  body: "PNG or JPEG, up to 512 kB. It stands on invoices, credit notes, statements and letters made from now on, in mails and in the customers' portal. Documents that exist already stay as they are.",
  alt: (name: string) => `Logo of ${name}`,
  choose: "Choose a file",
  replace: "Replace",
  remove: "Remove",
  changed: "Logo stored.",
  removed: "Logo removed.",
  removeTitle: "Remove the logo?",
  removeBody: "New documents, mails and the portal show the name instead. Documents that exist already keep it.",
  faults: {
    type: "A logo is a PNG or a JPEG.",
    size: "The file has more than 512 kB. Make it smaller.",
  },
};
