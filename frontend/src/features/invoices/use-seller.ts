/** The seller as a draft would name it; an issued invoice carries its own. */
import { useQuery } from "@tanstack/react-query";

import { companyQuery } from "@/api/company";
import { useMe } from "@/api/me";

import type { PaperContent } from "./paper";

export function useSeller(): PaperContent["seller"] {
  const me = useMe();
  const company = useQuery(companyQuery);
  const { tax_id = null, address = null } = company.data ?? {};
  return { name: company.data?.name ?? me.company_name, tax_id, address };
}
