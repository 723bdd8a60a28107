/** The words of the screens of settings. */
export const settings = {
  title: "Settings",
};
