/** El marco de la documentación de la API. */
export const developers = {
  title: "para programadores",
  heading: "Referencia de la API",
  lead: "Todo lo que hacen las pantallas también lo pueden hacer los programas. Esta página se hace con la descripción de la propia API (en inglés), ",
  file: "openapi.json",
  dashboard: "Ir a Saldo",
  dark: "Colores oscuros",
  light: "Colores claros",
  contents: "Contenido",
  search: "Buscar operaciones",
  notFound: (typed: string) => `Ninguna operación tiene «${typed}» en su ruta o su resumen.`,
  nothing: "La descripción no nombra ninguna operación.",
  linkTo: (summary: string) => `Enlace a: ${summary}`,
  copy: "Copiar",
  copied: "Copiado",
};
