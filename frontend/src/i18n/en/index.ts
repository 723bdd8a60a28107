/** English: the source of every key. */
import { agreements } from "./agreements";
import { approvals } from "./approvals";
import { changes } from "./changes";
import { common } from "./common";
import { customers } from "./customers";
import { home } from "./home";
import { invoices } from "./invoices";
import { payments } from "./payments";
import { settings } from "./settings";
import { words } from "./words";
import { work } from "./work";

export const en = { agreements, approvals, changes, common, customers, home, invoices, payments, settings, words, work };
