/** English: the source of every key. */
import { agreements } from "./agreements";
import { approvals } from "./approvals";
import { books } from "./books";
import { changes } from "./changes";
import { chase } from "./chase";
import { common } from "./common";
import { customers } from "./customers";
import { developers } from "./developers";
import { home } from "./home";
import { imports } from "./imports";
import { invoices } from "./invoices";
import { ladders } from "./ladders";
import { late } from "./late";
import { mails } from "./mails";
import { notices } from "./notices";
import { paper } from "./paper";
import { payments } from "./payments";
import { portal } from "./portal";
import { providers } from "./providers";
import { recurring } from "./recurring";
import { settings } from "./settings";
import { silence } from "./silence";
import { templates } from "./templates";
import { webhooks } from "./webhooks";
import { words } from "./words";
import { work } from "./work";

export const en = { agreements, approvals, books, changes, chase, common, customers, developers, home, imports, invoices, ladders, late, mails, notices, paper, payments, portal, providers, recurring, settings, silence, templates, webhooks, words, work };
