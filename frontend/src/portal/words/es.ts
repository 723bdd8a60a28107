/** Las palabras de la primera pantalla y su marco. Se trata de usted, como en los correos. */
import { counted } from "@/i18n/plural";

import type { Words } from ".";
import { errors } from "./es-errors";

const invoices = (count: number) => counted("es", count, { one: "factura", other: "facturas" });
const days = (count: number) => counted("es", count, { one: "día", other: "días" });

export const es: Words = {
  errors,
  shell: {
    skip: "Ir al contenido",
    invoices: "Facturas",
    statement: "Estado de cuenta",
    details: "Mis datos",
    sections: "Secciones",
    language: "Idioma",
    contactHint: "¿Alguna duda? Estamos para ayudarle.",
    write: "Escribir un correo",
    call: "Llamar",
    signOut: "Cerrar en este dispositivo",
    private: "Página privada: el enlace es solo para usted. No lo reenvíe.",
    back: "Volver",
    toInvoices: "Ver las facturas",
    offline: "Sin conexión. Lo que ve puede no estar al día.",
    optional: "opcional",
    loading: "Cargando",
    readOnly: "Ve lo que ve el cliente. Aquí no se puede cambiar nada.",
    notFound: "No hay nada en esta dirección",
  },
  closed: {
    title: "Este enlace ya no abre",
    body: "Puede que haya caducado, que se haya retirado o que falte una parte de la dirección.",
    todo: "Abra el enlace del último correo que recibió. Si tampoco funciona, responda a ese correo y le enviaremos otro.",
    signedOut: "Ha salido del portal",
    signedOutBody: "Para volver, abra el enlace del correo.",
  },
  home: {
    owed: "Por pagar",
    nothing: "No debe nada",
    nothingBody: "No tiene ninguna factura pendiente.",
    resting: "Ahora no hay nada que pagar",
    overdue: (amount, day) => `${amount} vencidos desde el ${day}`,
    allOverdue: (day) => `Vencido desde el ${day}`,
    noneOverdue: (day) => `No hay nada vencido. Lo primero vence el ${day}.`,
    sum: "Cómo se llega a este importe",
    open: "Facturas pendientes",
    onItsWay: "Pago en camino",
    credit: "A su favor",
    creditHint:
      "Lo que tiene a su favor no se descuenta aquí al pagar. Escríbanos y lo aplicamos.",
    disputed: (amount) => `${amount} en disputa: no los reclamamos mientras se revisan.`,
    promised: (amount, day) =>
      `Anunció ${amount} para el ${day}. Hasta entonces no le escribiremos por ello.`,
    plan: (amount, day) => `Plan de pagos: el próximo plazo es de ${amount}, el ${day}.`,
    groupOverdue: "Vencidas",
    groupDue: "Por vencer",
    groupPaid: "Últimas pagadas",
    chooseAll: "Elegir todas",
    choose: (number) => `Elegir la factura ${number}`,
    chosen: (count) => (count === 1 ? "1 factura elegida" : `${invoices(count)} elegidas`),
    everything: (count) => (count === 1 ? "La única pendiente" : `Las ${invoices(count)}`),
    oldest: (count) => `Las ${count} más antiguas: en un pago no caben más`,
    payAmount: (amount) => `Pagar ${amount}`,
    toPay: "Qué pagar",
    clear: "Quitar",
    promise: "Anunciar una fecha de pago",
    promiseHint: "¿Hoy no puede pagar? Díganos cuándo.",
    currency: "Moneda",
    more: (count) => `Ver ${counted("es", count, { one: "factura más", other: "facturas más" })}`,
  },
  state: {
    overdue: (count) => `Vencida hace ${days(count)}`,
    dueToday: "Vence hoy",
    dueIn: (count) => `Vence en ${days(count)}`,
    paid: "Pagada",
    void: "Anulada",
    written_off: "Cerrada",
    onItsWay: (amount) => `${amount} en camino`,
    dispute: (amount) => `${amount} en disputa`,
    promise: (amount, day) => `${amount} para el ${day}`,
    plan: (amount) => `${amount} en un plan`,
    other: (amount) => `${amount} aplazados`,
    of: (total) => `de ${total}`,
  },
};
