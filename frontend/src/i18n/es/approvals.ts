/** Las palabras de las aprobaciones: lo que espera a una segunda persona. */
import { counted } from "../plural";

export const approvals = {
  title: "Aprobaciones",
  tabs: {
    label: "Aprobaciones por estado",
    waiting: "En espera",
    approved: "Aprobadas",
    rejected: "Denegadas",
    withdrawn: "Retiradas",
  },
  count: (count: number, more: boolean) =>
    more
      ? `Más de ${count} en espera`
      : counted("es", count, { one: "espera una decisión", other: "esperan una decisión" }),
  empty: "Nada por aprobar",
  emptyBody: "Lo que pase de una regla o de un límite de crédito espera aquí a una segunda persona.",
  emptyTab: "Aquí no hay nada",
  what: { issue: "Emitir la factura", write_off: "Dar por incobrable" } as Record<string, string>,
  state: { waiting: "En espera", approved: "Aprobado", rejected: "Denegado", withdrawn: "Retirado" } as Record<
    string,
    string
  >,
  reason: {
    rule: "Una regla de la empresa pide una segunda persona.",
    credit_limit: "El cliente pasaría de su límite de crédito.",
  } as Record<string, string>,
  exposure: (owed: string, limit: string) =>
    `Con esta factura el cliente deberá ${owed}; su límite de crédito es ${limit}.`,
  askedBy: (name: string, when: string) => `Lo pidió ${name} el ${when}`,
  decidedBy: (name: string, when: string) => `${name}, ${when}`,
  own: "Lo pediste tú: lo tiene que aprobar otra persona.",
  waits: {
    issue: "Espera aprobación para emitirse",
    write_off: "Espera aprobación para darse por incobrable",
  } as Record<string, string>,
  waitsFor: (amount: string) => `Importe: ${amount}.`,
  because: (why: string) => `Motivo: ${why}`,
  answeredBy: (name: string, when: string) => `Respondió ${name} el ${when}`,
  approve: "Aprobar",
  reject: "Denegar",
  withdraw: "Retirar la petición",
  askIssue: (amount: string) => `¿Aprobar la emisión por ${amount}?`,
  askWriteOff: (amount: string) => `¿Aprobar que ${amount} sean incobrables?`,
  askReject: "¿Denegar la aprobación?",
  askWithdraw: "¿Retirar tu petición?",
  note: "Nota",
  why: "Motivo, para quien lo pidió",
  then: {
    issued: (amount: string) => `La factura recibe su número y el cliente debe ${amount}.`,
    sent: "Se envía al cliente al momento.",
    notSent: "No se envía todavía al cliente.",
    writtenOff: (amount: string) => `${amount} se dan por incobrables y no se reclaman más.`,
    left: (amount: string) => `Quedarán ${amount} pendientes.`,
    nothingLeft: "No quedará nada pendiente.",
    onRecord: "Queda anotado quién lo pidió y que lo has aprobado tú.",
    draftAgain: "La factura vuelve a ser un borrador. No recibe número y no se debe nada.",
    asBefore: "Nada cambia: lo pendiente se sigue debiendo y reclamando.",
  },
  approved: "Aprobado",
  issued: (number: string) => `Aprobada y emitida como ${number}`,
  notSent: (why: string) => `Se ha emitido, pero no se ha enviado. ${why}`,
  rejected: "Aprobación denegada",
  withdrawn: "Petición retirada",
  history: "Aprobaciones",
};
