/** The account of the person signed in: language, appearance, shortcuts, sign out. */
import { Menu, useMantineColorScheme } from "@mantine/core";
import { Link } from "wouter";

import { useCan, useMe } from "@/api/me";
import { signOut } from "@/api/sign-out";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./user-menu.module.css";

const SCHEMES = [
  ["auto", "system"],
  ["light", "light"],
  ["dark", "dark"],
] as const;

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { m, locale, change } = useLanguage();
  const me = useMe();
  const canApprove = useCan("accountant");
  const notify = useToast();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const radio = (isChosen: boolean) => ({
    checked: isChosen,
    checkIcon: <Icon name="check" size={15} />,
    closeMenuOnClick: true,
  });
  const leave = () => {
    signOut().catch(() => notify({ tone: "bad", text: m.common.errors.offline }));
  };
  return (
    <Menu position="bottom-end" width={240} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={m.common.nav.account}>
          <span className={classes.initials}>{initials(me.name || me.email)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
          <span>{m.common.user.role[me.role]}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{m.common.user.language}</Menu.Label>
        <Menu.RadioItem {...radio(locale === "es")} value="es" onChange={() => change("es")} lang="es">
          {m.common.user.spanish}
        </Menu.RadioItem>
        <Menu.RadioItem {...radio(locale === "en")} value="en" onChange={() => change("en")} lang="en">
          {m.common.user.english}
        </Menu.RadioItem>
        <Menu.Label>{m.common.user.theme}</Menu.Label>
        {SCHEMES.map(([scheme, word]) => (
          <Menu.RadioItem
            key={scheme}
            {...radio(colorScheme === scheme)}
            value={scheme}
            onChange={() => setColorScheme(scheme)}
          >
            {m.common.user[word]}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        {(["agreements", "recurring"] as const).map((place) => (
          <Menu.Item
            key={place}
            component={Link}
            href={pages[place]}
            className={classes.onPhone ?? ""}
          >
            {m.common.nav[place]}
          </Menu.Item>
        ))}
        {canApprove ? (
          <Menu.Item component={Link} href={pages.approvals} className={classes.onPhone ?? ""}>
            {m.common.nav.approvals}
          </Menu.Item>
        ) : null}
        <Menu.Item component={Link} href={pages.settings}>
          {m.common.nav.settings}
        </Menu.Item>
        <Menu.Item onClick={onShortcuts}>{m.common.user.shortcuts}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave}>{m.common.user.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s.@]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase())
    .join("");
}
