/** Las palabras de la demora: intereses e indemnización por pago tardío. */
import { counted } from "../plural";

const days_ = { one: "día", other: "días" };

export const late = {
  title: "Demora",
  untilToday: (days: number) => `Por ${counted("es", days, days_)} de demora, sin reclamar`,
  made: (interest: string, compensation: string) =>
    `${interest} de intereses y ${compensation} de indemnización`,
  madeOfInterest: (interest: string) => `${interest} de intereses`,
  how: "Cómo se calcula",
  days: "Días",
  dayCount: (days: number) => counted("es", days, days_),
  principal: "Pendiente",
  rate: "Tipo anual",
  interestIn: (currency: string) => `Interés, ${currency}`,
  compensation: "Indemnización por costes de cobro",
  total: "Total",
  claim: "Reclamar…",
  claimTitle: (number: string) => `Reclamar la demora de ${number}`,
  claimAction: "Reclamar",
  asOf: "Intereses hasta el día, incluido",
  thenClaimed: (amount: string) => `Se reclaman ${amount} por la demora.`,
  apart: "Va aparte: lo pendiente de la factura no cambia.",
  onceOnly: "Ningún día y ninguna indemnización se reclaman dos veces.",
  claimed: (amount: string) => `Reclamados ${amount} por la demora`,
  between: (from: string, until: string) => `Del ${from} al ${until}`,
  state: { claimed: "Reclamado", waived: "Se renunció", invoiced: "Facturado" },
  supported: (amount: string) => `Con lo cobrado que se sabe hoy, son ${amount}: solo eso se factura.`,
  seeInvoice: "Ver la factura de la demora",
  invoice: "Hacer un borrador de factura",
  invoiceTitle: "¿Facturar la demora?",
  thenDraft: (amount: string) => `Se escribe un borrador por ${amount}, sin IVA.`,
  thenRead: "Se abre para leerlo; no se debe nada hasta que se emita.",
  drafted: "Borrador de la demora escrito",
  waive: "Renunciar",
  waiveTitle: "¿Renunciar a este cargo?",
  reason: "Motivo",
  thenWaived: (amount: string) => `Se renuncia a ${amount}.`,
  neverAgain: "Estos días y la indemnización no se pueden reclamar nunca más.",
  neverTheseDays: "Estos días no se pueden reclamar nunca más.",
  waived: "Se ha renunciado al cargo",
};
