/** Las palabras de promesas, planes de pago y disputas. */
import { counted } from "../plural";

export const agreements = {
  note: "Nota",
  promise: {
    title: "Promesa de pago",
    action: "Anotar la promesa",
    invoices: "Sobre qué facturas (ninguna: lo más antiguo)",
    amount: "Importe prometido",
    day: "Pagará como tarde el",
    tooMuch: (amount: string) => `Solo se reclaman ${amount}.`,
    past: "Esa fecha ya ha pasado.",
    rests: (amount: string, day: string) => `${amount} no se reclaman hasta el ${day} incluido.`,
    goesOn: (amount: string) => `${amount} se siguen reclamando.`,
    breaks: (day: string) => `Si el dinero no llega, se volverá a reclamar desde el ${day}.`,
    made: (amount: string, day: string) => `Promesa anotada: ${amount} hasta el ${day}.`,
  },
  plan: {
    title: "Plan de pagos",
    action: "Acordar el plan",
    invoices: "Facturas del plan",
    instalments: "Plazos",
    count: "Plazos",
    badCount: "De 1 a 120.",
    first: "Primer plazo",
    rhythm: "Cada cuánto",
    monthly: "Cada mes",
    weekly: "Cada semana",
    equally: "Repartir por igual",
    dayOf: (at: number) => `Fecha del plazo ${at}`,
    amountOf: (at: number) => `Importe del plazo ${at}`,
    badAmount: "Cada plazo necesita un importe mayor que cero.",
    badOrder: "Cada plazo vence después del anterior, y ninguno antes de hoy.",
    over: (amount: string) => `Los plazos suman ${amount} más de lo que se reclama.`,
    adds: (count: number, amount: string, day: string) =>
      `${counted("es", count, { one: "plazo", other: "plazos" })}, ${amount} en total, hasta el ${day}.`,
    goesOn: (amount: string) => `${amount} quedan fuera del plan y se siguen reclamando.`,
    breaks:
      "Mientras cada plazo llegue a tiempo no se reclama nada de esto. Si uno falta, al día siguiente se reclama todo lo que quede.",
    made: (count: number) =>
      `Plan acordado: ${counted("es", count, { one: "plazo", other: "plazos" })}.`,
  },
};
