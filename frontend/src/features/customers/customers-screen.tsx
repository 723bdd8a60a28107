/** All customers by name with what each owes, or those who owe most. */
import { Button } from "@mantine/core";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import { Icon } from "@/components/icon";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { TabLinks } from "@/components/tab-links";
import { pages, withQuery } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { useUrlState } from "@/lib/url-state";

import { CustomerList } from "./customer-list";
import { DebtorList } from "./debtor-list";

export default function CustomersScreen() {
  const { m } = useLanguage();
  const { query } = useUrlState();
  const canEdit = useCan("collector");
  const canImport = useCan("accountant");
  const view = query.get("view") === "debtors" ? "debtors" : "all";
  const tabs = [
    { key: "all", label: m.customers.list, href: pages.customers },
    {
      key: "debtors",
      label: m.customers.debtors,
      href: withQuery(pages.customers, { view: "debtors" }),
    },
  ];
  const create = (
    <Button component={Link} href={pages.customerNew} leftSection={<Icon name="plus" size={16} />}>
      {m.customers.create}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={m.customers.title}
        actions={
          <>
            {canImport ? (
              <Button component={Link} href={pages.importNew("customers")} variant="default">
                {m.imports.act.import}
              </Button>
            ) : null}
            {canEdit ? create : null}
          </>
        }
      />
      <Panel padding="flush">
        <TabLinks label={m.customers.lists} tabs={tabs} current={view} />
        {view === "debtors" ? <DebtorList /> : <CustomerList create={canEdit ? create : null} />}
      </Panel>
    </>
  );
}
