/** invoices: see ../index.tsx. */
export const invoices = {
  title: "invoices",
};
