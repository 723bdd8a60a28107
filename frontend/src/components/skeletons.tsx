/** Placeholders of the same shape as what is being loaded. */
import { Skeleton } from "@mantine/core";

import { useLanguage } from "@/i18n";

import { Panel } from "./panel";
import classes from "./skeletons.module.css";

function Loading({ children, className }: { children: React.ReactNode; className?: string }) {
  const { m } = useLanguage();
  return (
    <div aria-busy="true" className={className}>
      <span className="only-heard" role="status">
        {m.common.list.loading}
      </span>
      {children}
    </div>
  );
}

export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Loading className={classes.list}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={14} width={`${36 + ((row * 17) % 30)}%`} />
          <Skeleton height={14} width="14%" />
        </div>
      ))}
    </Loading>
  );
}

/** A page of panels: a head and a few blocks. */
export function PageSkeleton() {
  return (
    <Loading className={classes.page}>
      <Skeleton height={28} width={260} />
      <Panel>
        <Skeleton height={36} width={220} mb={16} />
        <Skeleton height={14} width="60%" mb={10} />
        <Skeleton height={14} width="45%" />
      </Panel>
      <Panel>
        <Skeleton height={14} width="80%" mb={10} />
        <Skeleton height={14} width="70%" mb={10} />
        <Skeleton height={14} width="75%" />
      </Panel>
    </Loading>
  );
}
