/** The words about paying by transfer. */
export const transfer = {
  title: "Payment by transfer",
  reference: "Reference",
  copy: "Copy",
  copied: "Copied",
  copyReference: "Copy the reference",
  show: "Account and QR code",
  beneficiary: "To",
  iban: "IBAN",
  amount: "Amount",
  scan: "Scan with a banking app.",
  code: "QR code with the data of the transfer",
  noIban: "The company has no account number yet: enter it in the settings.",
  noCode: "There is a QR code for transfers in euros to a valid IBAN only.",
};
