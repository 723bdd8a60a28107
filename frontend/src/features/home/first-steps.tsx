/** The first screen before there is anything to tell: company, customer, invoice. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { companyQuery } from "@/api/company";
import { useCustomerSearch } from "@/api/customer-search";
import { useCan } from "@/api/me";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import { draftsQuery } from "./home-api";
import classes from "./home.module.css";

export function FirstSteps() {
  const { m } = useLanguage();
  const company = useQuery(companyQuery);
  const customers = useCustomerSearch("");
  const invoices = useQuery(draftsQuery);
  const words = m.home.first;
  const mayImport = useCan("accountant");
  // The name may be one that the installation put there; the tax number a person wrote.
  const hasCompany = company.data?.tax_id != null;
  const hasCustomer = (customers.data?.items.length ?? 0) > 0;
  const hasInvoice = (invoices.data?.items.length ?? 0) > 0;
  const steps = [
    { title: words.company, body: words.companyBody, isDone: hasCompany, href: pages.settingsPart("company") },
    { title: words.customer, body: words.customerBody, isDone: hasCustomer, href: pages.customerNew },
    {
      title: words.invoice,
      body: words.invoiceBody,
      isDone: hasInvoice,
      href: hasInvoice ? pages.invoices : pages.invoiceNew,
    },
  ];
  const next = steps.find((step) => !step.isDone) ?? steps[2];
  return (
    <>
      <PageHeader title={words.title} detail={words.body} />
      <div className={classes.narrow}>
        <Panel padding="flush">
          <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step.title} className={classes.step} data-done={step.isDone}>
              <div>
                <h2>{step.title}</h2>
                <p className={classes.stepBody}>{step.body}</p>
              </div>
              <Button
                component={Link}
                href={step.href}
                variant={step === next ? "filled" : "default"}
                aria-label={`${step.isDone ? m.common.actions.edit : m.common.actions.add}: ${step.title}`}
              >
                {step.isDone ? m.common.actions.edit : m.common.actions.add}
              </Button>
            </li>
          ))}
        </ol>
        </Panel>
        {mayImport ? (
          <Panel>
            <div className={classes.import}>
              <div>
                <h2>{words.import}</h2>
                <p className={classes.stepBody}>{words.importBody}</p>
              </div>
              <Button component={Link} href={pages.importNew("customers")} variant="default">
                {words.importAction}
              </Button>
            </div>
          </Panel>
        ) : null}
      </div>
    </>
  );
}
