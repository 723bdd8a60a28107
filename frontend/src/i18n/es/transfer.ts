/** Las palabras del pago por transferencia. */
export const transfer = {
  title: "Pago por transferencia",
  reference: "Concepto",
  copy: "Copiar",
  copied: "Copiado",
  copyReference: "Copiar el concepto",
  show: "Cuenta y código QR",
  beneficiary: "A nombre de",
  iban: "IBAN",
  amount: "Importe",
  scan: "Para escanear con la app de un banco.",
  code: "Código QR con los datos de la transferencia",
  noIban: "La empresa aún no tiene número de cuenta: ponlo en los ajustes.",
  noCode: "Solo hay código QR para transferencias en euros a un IBAN válido.",
};
