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
  said: {
    promise_broken: (what: string) => `Prometido para el ${what}`,
    plan_broken: (what: string) => `Plazo del ${what}`,
    dispute_overdue: (what: string) => `A cargo de ${what}`,
  } as Record<string, (what: string) => string>,
  goTo: {
    dispute_overdue: "Ver la disputa",
    promise_broken: "Ver el cliente",
    ladder_ended: "Ver el cliente",
    staff_mail_failed: "Ver las personas",
    plan_broken: "Ver el cliente",
    recurring_failed: "Ver el informe",
    template_broken: "Ver los textos",
    chargeback: "Ver el cobro",
    chargeback_lost: "Ver el cobro",
    payment_on_handed_over: "Ver el cobro",
    refund_unmatched: "Ver el cobro",
    mail_undelivered: "Ver el mensaje",
    sending_limit: "Ver lo que espera",
    deliverability: "Ver las cifras",
  } as Record<string, string>,
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
    chargeback: "El cliente discute el pago en su banco. Responde a tiempo en el proveedor; hasta entonces no se le reclama.",
    chargeback_lost: "El banco dio la razón al cliente y el dinero se ha ido. La factura vuelve a deberse; decide si insistes.",
    refund_unmatched: "El proveedor devolvió dinero que no encaja con ningún cobro del libro. Búscalo allí y corrígelo.",
    recurring_failed: "Una factura automática no se pudo emitir o enviar. Corrige lo que lo impidió y reinténtala.",
    template_broken: "Este texto nombra un dato que ya no existe. Mientras tanto los correos salen con el texto original: corrígelo y guárdalo.",
    promise_broken:
      "El dinero prometido no ha llegado y se vuelve a reclamar. Llama antes de que salga el recordatorio.",
    plan_broken:
      "Falta un plazo y se vuelve a reclamar todo lo que queda. Llama, o acordad otro plan.",
    dispute_overdue:
      "Ha pasado el plazo para resolverla. Decídela o dale otro responsable.",
    staff_mail_failed:
      "Un correo a alguien de la casa se rechazó o no se sabe si salió. No afecta a ningún cliente; mira su dirección en Personas.",
    ladder_ended:
      "Hace una semana del último paso y sigue pendiente. Nada más saldrá solo: llama, pásalo a jurídico o dalo por incobrable.",
    failed_work: "Algo ha fallado varias veces y espera. Cuando la causa ya no esté, reinténtalo.",
    proof_difference: "Lo guardado no coincide con los asientos. A esta cuenta no se le reclama nada; avisa a quien mantiene el sistema. Cuando vuelva a cuadrar, desaparece de aquí.",
    payment_on_handed_over:
      "Ha entrado dinero en facturas que están en jurídico. Avisa a quien lleva el caso; si ya no queda nada, ciérralo.",
    mail_not_kept:
      "No se pudo guardar el texto de unos correos, y sin esa prueba no salen. Se reintenta cada cuarto de hora; si sigue así, avisa a quien mantiene el sistema.",
    rate_missing: "Ha empezado un semestre sin tipo de interés de demora, así que los recordatorios salen sin intereses. Búscalo en el BOE y escríbelo en Ajustes: el próximo paso reclama también estos días.",
    charges_left: "Un recordatorio lleva cargo por demora en veinte facturas como mucho. Estas se quedaron sin él: reclámalo a mano en cada una, o espera al próximo paso.",
    mail_undelivered:
      "Un correo no llegó esta vez: un buzón lleno o un servidor que no contestó. Envíalo más tarde, o llama.",
    colleague_bounced:
      "La copia para alguien de la casa no llegó. Los clientes sí recibieron su correo; corrige la dirección del compañero.",
    sending_limit:
      "El servicio de correo no admite más por ahora. Lo que espera saldrá solo; si pasa a menudo, pide a Amazon una cuota mayor.",
    deliverability:
      "Del correo de los últimos siete días ha rebotado, o se ha marcado como spam, demasiado. Corrige las direcciones antes de que Amazon detenga la cuenta.",
  } as Record<string, string>,
  outcomes: {
    rescheduled: "Otro día",
    cancelled: "Anulada",
    pending_approval: "Espera aprobación",
    changed: "Cambiada",
    resolved: "Resuelta",
    replayed: "Reintentado",
    proven: "Vuelve a cuadrar",
    assigned: "Asignado",
    allocated: "Aplicado",
    was_sent: "Sí salió",
    send_again: "Enviado otra vez",
    drop: "No enviado",
    sent: "Salió",
    delivered: "Se entregó",
    opened: "Se abrió",
    bounced: "Rebotó",
    won: "Ganado",
    lost: "Perdido",
    prevented: "Resuelto antes de ser contracargo",
    returned: "Devuelto",
    matched: "Ya se conoce su cobro",
  } as Record<string, string>,
  keys: "j y k mueven, Intro abre, d la quita de la lista",
};
