// Runs before the first paint, so that a dark screen never flashes white. A file of its own: the
// content security policy forbids inline scripts.
(function () {
  var chosen = "auto";
  try {
    chosen = localStorage.getItem("saldo.colour-scheme") || "auto";
  } catch {
    // Storage may be forbidden; the system's scheme is used then.
  }
  var dark =
    chosen === "dark" ||
    (chosen !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
