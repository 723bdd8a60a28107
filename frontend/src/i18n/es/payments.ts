/** The words of the screens of payments. */
export const payments = {
  title: "Cobros",
};
