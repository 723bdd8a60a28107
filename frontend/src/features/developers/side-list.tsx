/** The way through the reference: a search, the guides, the resources and their operations. */
import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import type { Operation, Resource } from "./description";
import classes from "./developers.module.css";
import { titleOf } from "./finding";
import type { Guide } from "./guides";
import { Method } from "./method";

interface Props {
  resources: readonly Resource[];
  guides: readonly Guide[];
  current: string | null;
  here: string;
  typed: string;
  onType: (typed: string) => void;
  /** What the search found; null while nothing is typed. */
  found: readonly Operation[] | null;
}

export function SideList({ resources, guides, current, here, typed, onType, found }: Props) {
  const { m } = useLanguage();
  const words = m.developers;
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const places = frame.current?.querySelectorAll("[aria-current]") ?? [];
    // The last one is the operation; the resource above it is seen with it.
    Array.from(places).at(-1)?.scrollIntoView({ block: "nearest" });
  }, [current, here]);
  const close = () => {
    setOpen(false);
    onType("");
  };
  return (
    <nav ref={frame} className={classes.side} aria-label={words.contents} data-open={isOpen || found !== null}>
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
        leftSection={<Icon name="search" size={16} />}
      />
      <button
        type="button"
        className={classes.unfold}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {words.contents}
      </button>
      {found === null ? (
        <div className={classes.places} lang="en">
          <ul>
            {guides.map(({ id, title }) => (
              <Place key={id} id={id} title={title} isHere={here === id} onGo={close} />
            ))}
          </ul>
          <ul>
            {resources.map((resource) => (
              <li key={resource.name}>
                <a
                  href={`#resource-${resource.name}`}
                  className={classes.place}
                  aria-current={current === resource.name ? "true" : undefined}
                  onClick={close}
                >
                  {titleOf(resource.name)}
                </a>
                {current === resource.name ? (
                  <Operations operations={resource.operations} here={here} onGo={close} />
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ) : found.length === 0 ? (
        <p className={classes.none} role="status">
          {words.notFound(typed.trim())}
        </p>
      ) : (
        <div className={classes.places} lang="en">
          <Operations operations={found} here={here} onGo={close} />
        </div>
      )}
    </nav>
  );
}

function Place({ id, title, isHere, onGo }: { id: string; title: string; isHere: boolean; onGo: () => void }) {
  return (
    <li>
      <a
        href={`#${id}`}
        className={classes.place}
        aria-current={isHere ? "true" : undefined}
        onClick={onGo}
      >
        {title}
      </a>
    </li>
  );
}

interface OperationsProps {
  operations: readonly Operation[];
  here: string;
  onGo: () => void;
}

function Operations({ operations, here, onGo }: OperationsProps) {
  return (
    <ul className={classes.operations}>
      {operations.map(({ id, method, path, summary }) => (
        <li key={id}>
          <a
            href={`#${id}`}
            className={classes.place}
            aria-current={here === id ? "location" : undefined}
            title={summary}
            onClick={onGo}
          >
            <Method method={method} /> <span className={classes.path}>{path.replace(/^\/v1/, "")}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
