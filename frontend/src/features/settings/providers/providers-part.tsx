/** Where customers can pay online: each provider with its keys, and how its list agrees with ours. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Provider } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";

import { PartStates } from "../part-states";
import classes from "../settings.module.css";
import { ComparisonsPanel } from "./comparisons-panel";
import { ProviderRow } from "./provider-row";
import { providersQuery, useSwapProviders } from "./providers-api";

export default function ProvidersPart() {
  const providers = useQuery(providersQuery);
  return (
    <div className={classes.stack}>
      <PartStates query={providers}>
        {(items) => (
          <>
            <List items={items} />
            <ComparisonsPanel providers={items} />
          </>
        )}
      </PartStates>
    </div>
  );
}

function List({ items }: { items: Provider[] }) {
  const { m } = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const swap = useSwapProviders();
  const known = items.filter((one) => one.version > 0);
  return (
    <Panel padding="flush">
      <p className={classes.lead}>{m.providers.intro}</p>
      <CommandError error={swap.error} />
      <ul className={classes.rows}>
        {items.map((provider) => {
          const at = known.indexOf(provider);
          const [before, after] = [known[at - 1], at < 0 ? undefined : known[at + 1]];
          return (
            <ProviderRow
              key={provider.name}
              provider={provider}
              isOpen={open === provider.name}
              toggle={() => setOpen(open === provider.name ? null : provider.name)}
              up={at > 0 && before ? () => swap.mutate({ up: provider, down: before }) : null}
              down={after ? () => swap.mutate({ up: after, down: provider }) : null}
            />
          );
        })}
      </ul>
    </Panel>
  );
}
