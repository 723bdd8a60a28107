/** A link that was made just now: its address, shown this once. */
import { Button, CopyButton, Group, TextInput } from "@mantine/core";

import { useMe } from "@/api/me";
import type { NewPortalLink } from "@/api/models";
import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";
import { dayOf, formatDay } from "@/lib/dates";

import classes from "./portal-links.module.css";

export function MadeLink({ link, onClose }: { link: NewPortalLink; onClose: () => void }) {
  const { m, locale } = useLanguage();
  const { time_zone: zone } = useMe();
  const words = m.portal.make;
  return (
    <div className={classes.body}>
      <p>{words.once}</p>
      <TextInput
        label={words.address}
        value={link.url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <p className={classes.soft}>{words.until(formatDay(dayOf(link.expires_at, zone), locale))}</p>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={link.url} timeout={4000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <Icon name="check" size={16} /> : null}
              data-autofocus
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </div>
  );
}
