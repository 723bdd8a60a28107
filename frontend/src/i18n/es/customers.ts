/** The words of the screens of customers. */
export const customers = {
  title: "Clientes",
};
