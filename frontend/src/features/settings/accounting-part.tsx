/** Accounting: the journal by month, closing months, and the numbers of the accounts. */
import { useQuery } from "@tanstack/react-query";

import { ChartPanel } from "./chart-panel";
import { PartStates } from "./part-states";
import { PeriodsPanel } from "./periods-panel";
import { companyQuery } from "./settings-api";
import classes from "./settings.module.css";

export default function AccountingPart() {
  const company = useQuery(companyQuery);
  return (
    <div className={classes.stack}>
      <PeriodsPanel />
      <PartStates query={company}>{(data) => <ChartPanel first={data} />}</PartStates>
    </div>
  );
}
