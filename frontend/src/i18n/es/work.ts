/** Las palabras de la lista de tareas. */
import { counted } from "../plural";

export const work = {
  title: "Tareas",
  tabs: "Tareas por estado",
  open: "Abiertas",
  done: "Hechas",
  count: (count: number, more: boolean) =>
    more
      ? `Más de ${count} abiertas`
      : counted("es", count, { one: "tarea abierta", other: "tareas abiertas" }),
  empty: "Nada que mirar",
  emptyBody: "Nada ha fallado y nada está en duda. Lo que falle aparecerá aquí al momento.",
  emptyDone: "Aún no se ha hecho nada",
  priority: { urgent: "Urgente", soon: "Pronto", later: "Después" },
  seeCustomer: "Cliente",
  seeInvoice: "Factura",
  seePayment: "Cobro",
  finish: "Hecho",
  finishTitle: "Quitarla de la lista",
  finishAction: "Está hecho",
  outcome: "¿Cómo ha acabado?",
  outcomeHint: "Se guarda con la tarea; puede quedar en blanco.",
  finished: "Quitada de la lista.",
  doneBy: (name: string) => `por ${name}`,
  replay: "Reintentar",
  replayed: "Entregado de nuevo.",
  assign: "Asignarlo",
  allocate: "Aplicar el dinero",
  fixAddress: "Ver la dirección",
  addAddress: "Poner una dirección",
  wasSent: "Sí salió",
  sendAgain: "Enviar otra vez",
  drop: "No enviarlo",
  decided: "Decidido.",
  ask: {
    was_sent: {
      title: "¿Salió?",
      body: "Contará como enviado y este paso no se repetirá.",
    },
    send_again: {
      title: "¿Enviarlo otra vez?",
      body: "Si el primero llegó a salir, el cliente lo recibirá dos veces.",
    },
    drop: {
      title: "¿No enviarlo?",
      body: "Queda sin enviar. Los pasos siguientes continúan según lo previsto.",
    },
  },
  askRefused: "Sale en cuanto se pueda. Un recordatorio se decide de nuevo: nunca pide lo ya pagado.",
  advice: {
    send_uncertain:
      "El servicio de correo no contestó y no sabemos si salió. Mira sus registros o pregunta al cliente, y decide.",
    send_refused: "El servicio de correo lo rechazó. Corrige la causa y envíalo otra vez.",
    address_bounced: "No se envía nada más a esta dirección. Pide al cliente la buena.",
    address_complained: "No se envía nada más a esta dirección. Llama antes de volver a escribir.",
    no_address: "Tocaba un recordatorio y no pudo salir. Pon una dirección, o llama.",
    payment_unmatched: "Ha entrado dinero y nadie sabe de quién es.",
    payment_excess: "Entró más de lo que la factura tenía pendiente. Aplica el resto o devuélvelo.",
    payment_other_currency: "Se pagó en otra moneda que la de la factura. Decide qué salda.",
    payment_failed: "El cliente intentó pagar y falló. Una llamada puede resolverlo hoy.",
    failed_work: "Algo ha fallado varias veces y espera. Cuando la causa ya no esté, reinténtalo.",
  } as Record<string, string>,
  outcomes: {
    replayed: "Reintentado",
    assigned: "Asignado",
    allocated: "Aplicado",
    was_sent: "Sí salió",
    send_again: "Enviado otra vez",
    drop: "No enviado",
    sent: "Salió",
    delivered: "Se entregó",
    opened: "Se abrió",
    bounced: "Rebotó",
  } as Record<string, string>,
  keys: "j y k mueven, Intro abre, d la quita de la lista",
};
