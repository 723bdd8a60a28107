/** One provider in a line: whether customers can pay there, what is missing, what came last. */
import { ActionIcon, Button } from "@mantine/core";

import { useCan, useMe } from "@/api/me";
import type { Provider } from "@/api/models";
import { Icon } from "@/components/icon";
import { StateBadge } from "@/components/state-badge";
import { useLanguage } from "@/i18n";
import { formatInstant } from "@/lib/dates";

import { EventList } from "./event-list";
import { ProviderForm } from "./provider-form";
import classes from "./providers.module.css";

interface Props {
  provider: Provider;
  isOpen: boolean;
  toggle: () => void;
  /** Moves it one place; null where there is none. */
  up: (() => void) | null;
  down: (() => void) | null;
}

export function ProviderRow({ provider, isOpen, toggle, up, down }: Props) {
  const { m } = useLanguage();
  const isAdmin = useCan("admin");
  const words = m.providers;
  return (
    <li className={classes.provider}>
      <div className={classes.head}>
        <h2 className={classes.name}>{provider.title}</h2>
        <State provider={provider} />
        {provider.version > 0 && provider.mode === "sandbox" ? (
          <StateBadge tone="idle">{words.sandbox}</StateBadge>
        ) : null}
        <span className={classes.buttons}>
          {isAdmin && (up || down) ? (
            <>
              <Move label={words.earlier(provider.title)} icon="up" move={up} />
              <Move label={words.later(provider.title)} icon="down" move={down} />
            </>
          ) : null}
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={toggle}>
            {isOpen ? words.close : provider.version > 0 ? words.change : words.setUp}
          </Button>
        </span>
      </div>
      <LastHeard provider={provider} />
      {isOpen ? (
        <div className={classes.open}>
          <ProviderForm key={provider.version} first={provider} isLocked={!isAdmin} />
          <EventList provider={provider} />
        </div>
      ) : null}
    </li>
  );
}

function State({ provider }: { provider: Provider }) {
  const words = useLanguage().m.providers;
  if (provider.version === 0) return null;
  if (!provider.is_ready) return <StateBadge tone="warn">{words.notReady}</StateBadge>;
  if (!provider.is_offered) return <StateBadge tone="idle">{words.off}</StateBadge>;
  return <StateBadge tone="good">{words.ready}</StateBadge>;
}

function LastHeard({ provider }: { provider: Provider }) {
  const { m, locale } = useLanguage();
  const { time_zone: timeZone } = useMe();
  const words = m.providers;
  if (provider.version === 0) {
    const codes = provider.currencies?.slice(0, 8).join(", ");
    return <p className={classes.soft}>{codes ? words.takes(codes) : words.takesAll}</p>;
  }
  if (!provider.hears) return <p className={classes.warn}>{words.deaf}</p>;
  const last = provider.last_event_at;
  return (
    <p className={classes.soft}>
      {last ? words.lastEvent(formatInstant(last, locale, timeZone)) : words.noEvent}
    </p>
  );
}

function Move({ label, icon, move }: { label: string; icon: "up" | "down"; move: (() => void) | null }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={30}
      aria-label={label}
      disabled={move === null}
      onClick={() => move?.()}
    >
      <Icon name={icon} size={16} />
    </ActionIcon>
  );
}
