/** What is said when something does not work. */

const byCode: Record<string, string> = {
  refused: "It was not accepted.",
  invalid: "It cannot be done as it is written.",
  invalid_field: "Some fields are not right.",
  busy: "Too many people are writing at once. Please try again.",
  not_found: "It does not exist, or your link does not include it.",
  not_signed_in: "This link no longer works.",
  not_allowed: "This link does not allow it.",
  foreign_request: "Please reload the page and try again.",
  stale: "Something has changed in the meantime. Please look again.",
  state_conflict: "It is not possible as things stand now.",
  unexpected: "Something failed on our side.",
  nothing_to_pay: "Nothing is left to pay here, or a payment is on its way.",
  too_many_invoices: "Those are too many invoices for one payment. Please choose 200 at most.",
  provider_unavailable: "The payment page does not answer. Please try again, or pay another way.",
  provider_refused: "The payment page could not be opened. Please choose another way to pay.",
  nothing_to_dispute: "Everything that is open is already disputed, promised or in a plan.",
  nothing_open: "Nothing is open on this invoice.",
  too_many_rests: "There are too many open disputes and promises. Please write to us.",
  promise_broken_before: "An earlier date passed without payment. Please write to us.",
  promises_not_allowed: "No date can be announced here. Please write to us.",
  disputed_before: "You disputed this before, and we answered. Please write to us.",
  link_only_shows: "This link only shows; nothing can be changed by it.",
  too_often: "That was too much at once. Please try again later.",
  too_many_promises: "You have already promised as many dates as possible.",
  nothing_to_promise: "There is nothing left that a date could be promised for.",
};

const rules: Record<string, string> = {
  not_open: "One of the invoices is no longer open. Please choose again.",
  more_than_open: "It is more than what is open.",
  more_than_free: "It is more than what is open and not disputed or promised.",
  date_out_of_range: "This day cannot be chosen.",
  comment_needed: "Please explain, so that we can settle it.",
  way_not_offered: "This way to pay is not offered any more. Please choose another.",
  name_is_fixed: "This name cannot be changed here. Please write to us.",
  file_too_large: "This file is larger than 4 MB, or empty.",
  file_type: "This file is no PDF, JPG or PNG.",
  unknown_file: "A file has not arrived. Please remove it and send it again.",
};

const shapes: Record<string, string> = {
  string_too_short: "Please fill this in.",
  string_too_long: "This is too long.",
  missing: "Please fill this in.",
};

export const errors = {
  title: "This could not be loaded",
  retry: "Try again",
  reference: "Reference",
  crashed: "Something failed on this page",
  crashedBody: "Please reload it. If it happens again, write to us.",
  reload: "Reload",
  offline: "There is no connection. Please check it and try again.",
  unexpected: "Something failed on our side. Please try again in a moment.",
  uncertain: "No answer came. You can safely try again: it will not be done twice.",
  forbidden: "This link does not allow it.",
  notFound: "This does not exist, or your link does not include it.",
  required: "Please fill this in.",
  amount: "Please enter an amount, such as 120.50.",
  unknown: (said: string) => `It could not be done: ${said}`,
  unknownField: (said: string) => said,
  byCode,
  rules,
  shapes,
};
