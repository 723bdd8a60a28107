/** English: the source of every key. */
import { common } from "./common";
import { customers } from "./customers";
import { home } from "./home";
import { invoices } from "./invoices";
import { payments } from "./payments";
import { settings } from "./settings";
import { words } from "./words";
import { work } from "./work";

export const en = { common, customers, home, invoices, payments, settings, words, work };
