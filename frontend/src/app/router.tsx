/** Which screen a URL shows. Every screen is loaded when it is first asked for. */
import { lazy, Suspense } from "react";
import { Link, Route, Switch } from "wouter";

import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/skeletons";
import { pages, patterns } from "@/config/paths";
import { useLanguage } from "@/i18n";

const Home = lazy(() => import("@/features/home/home-screen"));
const Invoices = lazy(() => import("@/features/invoices/invoices-screen"));
const Invoice = lazy(() => import("@/features/invoices/invoice-screen"));
const InvoiceEditor = lazy(() => import("@/features/invoices/editor-screen"));
const Customers = lazy(() => import("@/features/customers/customers-screen"));
const Customer = lazy(() => import("@/features/customers/customer-screen"));
const CustomerEditor = lazy(() => import("@/features/customers/customer-editor-screen"));
const Statement = lazy(() => import("@/features/statements/statement-screen"));
const Letters = lazy(() => import("@/features/letters/letters-screen"));
const Payments = lazy(() => import("@/features/payments/payments-screen"));
const Payment = lazy(() => import("@/features/payments/payment-screen"));
const PaymentNew = lazy(() => import("@/features/payments/payment-new-screen"));
const Approvals = lazy(() => import("@/features/approvals/approvals-screen"));
const RecurringList = lazy(() => import("@/features/recurring/recurring-screen"));
const RecurringOne = lazy(() => import("@/features/recurring/recurring-one-screen"));
const RecurringEditor = lazy(() => import("@/features/recurring/recurring-editor-screen"));
const RecurringRuns = lazy(() => import("@/features/recurring/runs-screen"));
const Disputes = lazy(() => import("@/features/agreements/disputes-screen"));
const Promises = lazy(() => import("@/features/agreements/promises-screen"));
const Plans = lazy(() => import("@/features/agreements/plans-screen"));
const Holds = lazy(() => import("@/features/agreements/holds-screen"));
const Handovers = lazy(() => import("@/features/agreements/handovers-screen"));
const Messages = lazy(() => import("@/features/messages/messages-screen"));
const Message = lazy(() => import("@/features/messages/message-screen"));
const Deliverability = lazy(() => import("@/features/messages/deliverability-screen"));
const Outgoing = lazy(() => import("@/features/outgoing/outgoing-screen"));
const Work = lazy(() => import("@/features/work/work-screen"));
const Imports = lazy(() => import("@/features/imports/imports-screen"));
const ImportNew = lazy(() => import("@/features/imports/import-new-screen"));
const ImportOne = lazy(() => import("@/features/imports/import-screen"));
const Settings = lazy(() => import("@/features/settings/settings-screen"));
const Ladder = lazy(() => import("@/features/settings/ladders/ladder-screen"));
const Webhook = lazy(() => import("@/features/settings/webhooks/endpoint-screen"));

export function Router() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Switch>
        <Route path={pages.home} component={Home} />
        <Route path={pages.invoices} component={Invoices} />
        <Route path={pages.invoiceNew}>{() => <InvoiceEditor />}</Route>
        <Route path={patterns.invoiceEdit}>{({ id }) => <InvoiceEditor key={id} id={id} />}</Route>
        <Route path={patterns.invoice}>{({ id }) => <Invoice key={id} id={id} />}</Route>
        <Route path={pages.customers} component={Customers} />
        <Route path={pages.customerNew}>{() => <CustomerEditor />}</Route>
        <Route path={patterns.customerEdit}>{({ id }) => <CustomerEditor key={id} id={id} />}</Route>
        <Route path={patterns.statement}>{({ id }) => <Statement key={id} id={id} />}</Route>
        <Route path={patterns.customer}>{({ id }) => <Customer key={id} id={id} />}</Route>
        <Route path={pages.payments} component={Payments} />
        <Route path={pages.paymentNew} component={PaymentNew} />
        <Route path={patterns.payment}>{({ id }) => <Payment key={id} id={id} />}</Route>
        <Route path={pages.approvals} component={Approvals} />
        <Route path={pages.recurring} component={RecurringList} />
        <Route path={pages.recurringNew}>{() => <RecurringEditor />}</Route>
        <Route path={pages.recurringRuns} component={RecurringRuns} />
        <Route path={patterns.recurringEdit}>
          {({ id }) => <RecurringEditor key={id} id={id} />}
        </Route>
        <Route path={patterns.recurringOne}>{({ id }) => <RecurringOne key={id} id={id} />}</Route>
        <Route path={pages.disputes} component={Disputes} />
        <Route path={pages.promises} component={Promises} />
        <Route path={pages.plans} component={Plans} />
        <Route path={pages.holds} component={Holds} />
        <Route path={pages.handovers} component={Handovers} />
        <Route path={pages.letters} component={Letters} />
        <Route path={pages.messages} component={Messages} />
        <Route path={pages.deliverability} component={Deliverability} />
        <Route path={patterns.message}>
          {({ customerId, messageId }) => (
            <Message key={messageId} customerId={customerId} messageId={messageId} />
          )}
        </Route>
        <Route path={pages.outgoing} component={Outgoing} />
        <Route path={pages.work} component={Work} />
        <Route path={pages.imports} component={Imports} />
        <Route path={patterns.importNew} component={ImportNew} />
        <Route path={patterns.importOne}>{({ id }) => <ImportOne key={id} id={id} />}</Route>
        <Route path={pages.settings}>{() => <Settings />}</Route>
        <Route path={patterns.ladder}>{({ id }) => <Ladder key={id} id={id} />}</Route>
        <Route path={patterns.webhook}>{({ id }) => <Webhook key={id} id={id} />}</Route>
        <Route path={patterns.settingsPart}>{({ part }) => <Settings part={part} />}</Route>
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}

function NotFound() {
  const { m } = useLanguage();
  return (
    <PageHeader
      title={m.common.errors.notFoundPage}
      detail={<Link href={pages.home}>{m.common.errors.goHome}</Link>}
    />
  );
}
