/** The frame of the API's documentation. What it says of the API itself is English everywhere. */
export const developers = {
  title: "for developers",
  heading: "API reference",
  lead: "Everything that the screens do, programs can do too. This page is made from the API's own description, ",
  file: "openapi.json",
  dashboard: "Go to Saldo",
  dark: "Dark colours",
  light: "Light colours",
  contents: "Contents",
  search: "Search operations",
  notFound: (typed: string) => `No operation has “${typed}” in its path or summary.`,
  nothing: "The description names no operations.",
  linkTo: (summary: string) => `Link to: ${summary}`,
  copy: "Copy",
  copied: "Copied",
};
