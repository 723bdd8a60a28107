/** The words of the screens of work. */
export const work = {
  title: "Pendiente de ver",
};
