/** What the API can do, for those who write programs: open to everybody, made from its own description. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageSkeleton } from "@/components/skeletons";
import { useLanguage } from "@/i18n";
import { useTitle } from "@/lib/use-title";

import { type Description, resourcesOf } from "./description";
import { descriptionQuery } from "./developers-api";
import classes from "./developers.module.css";
import { matching, resourceWith, titleOf } from "./finding";
import { Frame } from "./frame";
import { GuideList } from "./guide-list";
import { guidesFor } from "./guides";
import { OperationCard } from "./operation-card";
import { SideList } from "./side-list";

export default function DevelopersScreen() {
  const { m } = useLanguage();
  useTitle(m.developers.title);
  const description = useQuery(descriptionQuery);
  return (
    <Frame>
      {description.data ? (
        <Reference description={description.data} />
      ) : description.error ? (
        <ErrorState error={description.error} retry={() => void description.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </Frame>
  );
}

function Reference({ description }: { description: Description }) {
  const { m } = useLanguage();
  const [typed, setTyped] = useState("");
  const resources = useMemo(() => resourcesOf(description), [description]);
  const here = useHash();
  const origin = window.location.origin;
  const guides = guidesFor(origin);
  const resource =
    resourceWith(resources, here) ?? resources.find(({ name }) => `resource-${name}` === here) ?? null;
  const found = typed.trim() === "" ? null : matching(resources, typed);
  useScrollTo(here, found === null);
  return (
    <div className={classes.columns}>
      <SideList
        resources={resources}
        guides={guides}
        current={resource?.name ?? null}
        here={here}
        typed={typed}
        onType={setTyped}
        found={found}
      />
      {/* What is written here is the API's own language. */}
      <div className={classes.content} lang="en">
        {resource === null ? (
          <GuideList guides={guides} version={description.info.version} />
        ) : (
          <section aria-labelledby="resource">
            <h2 id="resource" className={classes.resource} tabIndex={-1}>
              {titleOf(resource.name)}
            </h2>
            {resource.operations.map((operation) => (
              <OperationCard
                key={operation.id}
                operation={operation}
                description={description}
                origin={origin}
              />
            ))}
          </section>
        )}
        {resources.length === 0 ? <EmptyState title={m.developers.nothing} /> : null}
      </div>
    </div>
  );
}

/** The part of the address behind `#`, as it is now. */
function useHash(): string {
  const [hash, setHash] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const onChange = () => setHash(window.location.hash.slice(1));
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
  }, []);
  return decodeURIComponent(hash);
}

/** What the address names comes into view once it is drawn: at first it is not there yet. */
function useScrollTo(here: string, isFree: boolean): void {
  useEffect(() => {
    if (!isFree || here === "") return;
    const target = document.getElementById(here) ?? document.getElementById("resource");
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, [here, isFree]);
}
