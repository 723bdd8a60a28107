/** What a proof has found: which record differs, and how. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { Finding } from "@/api/models";
import { DataTable } from "@/components/data-table";
import type { Column } from "@/components/list-types";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage, wordFor } from "@/i18n";
import { customerName } from "@/lib/customer-name";

import { proofQuery } from "./books-api";
import classes from "./settings.module.css";

export function FindingsPanel({ proofId }: { proofId: string }) {
  const { m } = useLanguage();
  const words = m.books.proofs;
  const proof = useQuery(proofQuery(proofId));
  return (
    <Panel title={words.found} padding="flush">
      <DataTable
        label={words.found}
        columns={useColumns()}
        rows={proof.data?.found}
        error={proof.error}
        retry={() => void proof.refetch()}
        idOf={(row) => `${row.what}#${row.subject}`}
        nameOf={(row) => `${wordFor(words.kinds, row.what)}, ${row.subject}`}
        empty={null}
      />
    </Panel>
  );
}

function useColumns(): Column<Finding>[] {
  const { m } = useLanguage();
  const words = m.books.proofs;
  return [
    {
      key: "what",
      header: words.what,
      phone: "title",
      render: ({ what }) => <span className={classes.name}>{wordFor(words.kinds, what)}</span>,
    },
    {
      key: "subject",
      header: words.subject,
      phone: "meta",
      render: (row) => <Where finding={row} />,
    },
    {
      key: "detail",
      header: words.detail,
      phone: "meta",
      render: ({ detail }) => <span className={classes.code}>{detail}</span>,
    },
  ];
}

function Where({ finding }: { finding: Finding }) {
  const { m } = useLanguage();
  const { customer_id: id, customer_name: name, subject } = finding;
  const href = finding.what === "invoice" ? pages.invoice(subject) : null;
  return (
    <>
      {id === null ? null : (
        <Link href={pages.customer(id)}>{customerName(id, name ?? id, m)}</Link>
      )}{" "}
      {subject === id ? null : (
        <span className={classes.code}>
          {href === null ? subject : <Link href={href}>{subject}</Link>}
        </span>
      )}
    </>
  );
}
