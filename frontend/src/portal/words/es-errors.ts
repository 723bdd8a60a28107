/** Lo que se dice cuando algo no sale. */
import type { Words } from ".";

const byCode: Record<string, string> = {
  refused: "No se ha aceptado.",
  invalid: "No se puede hacer tal como está escrito.",
  invalid_field: "Hay datos que no están bien.",
  busy: "Hay demasiada gente escribiendo a la vez. Reinténtelo.",
  not_found: "No existe, o su enlace no lo incluye.",
  not_signed_in: "Este enlace ya no abre.",
  not_allowed: "Este enlace no permite hacerlo.",
  foreign_request: "Recargue la página y reinténtelo.",
  stale: "Algo ha cambiado entretanto. Vuelva a mirarlo.",
  state_conflict: "No es posible tal como están las cosas ahora.",
  unexpected: "Ha fallado algo por nuestra parte.",
  nothing_to_pay: "Aquí no queda nada por pagar, o hay un pago en camino.",
  too_many_invoices: "Son demasiadas facturas para un solo pago. Elija 200 como mucho.",
  provider_unavailable: "La página de pago no responde. Reinténtelo o pague de otra forma.",
  provider_refused: "No se ha podido abrir la página de pago. Elija otra forma de pago.",
  nothing_to_dispute: "Todo lo pendiente está ya en disputa, anunciado para una fecha o en un plan.",
  nothing_open: "La factura no tiene nada pendiente.",
  too_many_rests: "Hay demasiadas disputas y fechas anunciadas. Escríbanos.",
  promise_broken_before: "Una fecha anterior pasó sin que llegara el pago. Escríbanos.",
  promises_not_allowed: "Aquí no se pueden anunciar fechas. Escríbanos.",
  disputed_before: "Ya lo discutió antes y le respondimos. Escríbanos.",
  another_link: "Se ha abierto otro enlace en este navegador. Aquí está lo que muestra; vuelva a mirarlo.",
  link_only_shows: "Este enlace es solo para mirar; no permite cambiar nada.",
  too_often: "Han sido demasiadas cosas a la vez. Reinténtelo más tarde.",
  too_many_promises: "Ya ha anunciado todas las fechas posibles.",
  nothing_to_promise: "No queda nada para lo que anunciar una fecha.",
};

const rules: Record<string, string> = {
  not_open: "Alguna de las facturas ya no está pendiente. Elija de nuevo.",
  more_than_open: "Es más de lo que queda pendiente.",
  more_than_free: "Es más de lo que queda sin disputar ni anunciar.",
  date_out_of_range: "Ese día no se puede elegir.",
  comment_needed: "Explíquelo, para que podamos resolverlo.",
  way_not_offered: "Esa forma de pago ya no se ofrece. Elija otra.",
  name_is_fixed: "Ese nombre no se puede cambiar aquí. Escríbanos.",
  file_too_large: "El archivo pesa más de 4 MB o está vacío.",
  file_type: "El archivo no es PDF, JPG ni PNG.",
  unknown_file: "Un archivo no ha llegado. Quítelo y envíelo de nuevo.",
};

const shapes: Record<string, string> = {
  string_too_short: "Rellene este dato.",
  string_too_long: "Es demasiado largo.",
  missing: "Rellene este dato.",
};

export const errors: Words["errors"] = {
  title: "No se ha podido cargar",
  retry: "Reintentar",
  reference: "Referencia",
  crashed: "Algo ha fallado en esta página",
  crashedBody: "Recárguela. Si vuelve a pasar, escríbanos.",
  reload: "Recargar",
  offline: "No hay conexión. Compruébela y reinténtelo.",
  unexpected: "Ha fallado algo por nuestra parte. Reinténtelo en un momento.",
  uncertain: "No ha llegado respuesta. Puede reintentarlo sin miedo: no se hará dos veces.",
  forbidden: "Este enlace no permite hacerlo.",
  notFound: "No existe, o su enlace no lo incluye.",
  required: "Rellene este dato.",
  amount: "Escriba un importe, por ejemplo 120,50.",
  unknown: (said) => `No se ha podido hacer: ${said}`,
  unknownField: (said) => said,
  byCode,
  rules,
  shapes,
};
