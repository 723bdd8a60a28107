/** Las palabras de la primera pantalla. */
import { counted } from "../plural";

export const home = {
  title: "Inicio",
  asOf: (day: string) => `A ${day}`,
  currency: "Moneda",
  outstanding: "Pendiente de cobro",
  overdue: "Vencido",
  overdueShare: (percent: number) => `${percent} % de lo pendiente`,
  openDetail: "Todas las facturas pendientes",
  expected: "Vence en 30 días",
  expectedDetail: "A partir de hoy",
  dso: "Días de cobro",
  days: (days: string) => `${days} días`,
  undefinedFigure: "Aún sin historia suficiente",
  dsoDetail: (simple: string, best: string) => `Simple ${simple} · mejor posible ${best}`,
  dsoHelp:
    "DSO por agotamiento: cuántos días de facturación, contados hacia atrás desde hoy, quedan por cobrar. Simple: lo pendiente sobre la facturación de 90 días. Mejor posible: solo lo que aún no ha vencido.",
  aging: "Lo que se debe, por antigüedad",
  unapplied: (amount: string) => `${amount} cobrados y sin aplicar a ninguna factura`,
  spans: {
    current: "Sin vencer",
    days_1_30: "De 1 a 30 días",
    days_31_60: "De 31 a 60 días",
    days_61_90: "De 61 a 90 días",
    over_90: "Más de 90 días",
  },
  months: "Facturado y cobrado",
  billed: "Facturado",
  collected: "Cobrado",
  attention: "Requiere atención",
  approvals: (count: number) =>
    counted("es", count, {
      one: "aprobación espera una decisión",
      other: "aprobaciones esperan una decisión",
    }),
  letters: (count: string) =>
    count === "1" ? "1 carta espera a que se envíe" : `${count} cartas esperan a que se envíen`,
  attentionNone: "Nada ha fallado y nada está en duda.",
  attentionAll: (count: number, more: boolean) =>
    more ? `Todas (más de ${count})` : `Todas (${count})`,
  debtors: "Quién debe más",
  debtorsNone: "Nadie debe nada en esta moneda.",
  debtorsAll: "Todos los clientes",
  since: (days: number) =>
    counted("es", days, { one: "día de retraso", other: "días de retraso" }),
  notDue: "Nada vencido",
  first: {
    title: "Bienvenido. Tres pasos hasta la primera factura.",
    body: "Después, esta página te dirá quién te debe, cuánto y desde cuándo.",
    company: "Tu empresa",
    companyBody: "Nombre, NIF y cuenta bancaria, tal como salen en las facturas.",
    customer: "El primer cliente",
    customerBody: "Basta con un nombre y un correo electrónico.",
    invoice: "La primera factura",
    invoiceBody: "Un borrador se cambia con libertad; recibe su número al emitirlo.",
    import: "¿Vienes de otro programa?",
    importBody: "Importa tus clientes y tus facturas desde un CSV: los números, lo cobrado y lo que se debe.",
    importAction: "Importar",
  },
};
