/** home: see ../index.tsx. */
export const home = {
  title: "home",
};
