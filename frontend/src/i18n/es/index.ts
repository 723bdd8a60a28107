/** Spanish, the default. */
import type { Messages } from "..";
import { agreements } from "./agreements";
import { approvals } from "./approvals";
import { books } from "./books";
import { changes } from "./changes";
import { common } from "./common";
import { customers } from "./customers";
import { home } from "./home";
import { invoices } from "./invoices";
import { late } from "./late";
import { payments } from "./payments";
import { recurring } from "./recurring";
import { settings } from "./settings";
import { words } from "./words";
import { work } from "./work";

export const es = { agreements, approvals, books, changes, common, customers, home, invoices, late, payments, recurring, settings, words, work } satisfies Messages;
