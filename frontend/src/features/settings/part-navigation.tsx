/** Where one can go in the settings: a list at the side, and on narrow screens a page of its own. */
import { useId } from "react";
import { Link } from "wouter";

import { useCan } from "@/api/me";
import { Icon } from "@/components/icon";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

import classes from "./part-navigation.module.css";
import { type Group, groupsFor, type PartName } from "./parts";

export function SideList({ current }: { current: string }) {
  const { m } = useLanguage();
  const groups = groupsFor(useCan("admin"));
  return (
    <nav className={classes.side} aria-label={m.settings.parts}>
      <p className={classes.title}>{m.settings.title}</p>
      {groups.map((group) => (
        <SideGroup key={group.key} group={group} current={current} />
      ))}
    </nav>
  );
}

function SideGroup({ group, current }: { group: Group; current: string }) {
  const { m } = useLanguage();
  const id = useId();
  return (
    <>
      <p id={id} className={classes.group}>
        {m.settings.groups[group.key]}
      </p>
      <ul aria-labelledby={id}>
        {group.parts.map((part) => (
          <li key={part}>
            <Link
              href={pages.settingsPart(part)}
              className={classes.link}
              aria-current={part === current ? "page" : undefined}
            >
              {m.settings[part]}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ListPage() {
  const { m } = useLanguage();
  const groups = groupsFor(useCan("admin"));
  return (
    <>
      <PageHeader title={m.settings.title} />
      <nav className={classes.groups} aria-label={m.settings.parts}>
        {groups.map(({ key, parts }) => (
          <section key={key}>
            <h2 className={classes.heading}>{m.settings.groups[key]}</h2>
            <Panel padding="flush">
              <ul>
                {parts.map((part) => (
                  <Row key={part} part={part} />
                ))}
              </ul>
            </Panel>
          </section>
        ))}
      </nav>
    </>
  );
}

function Row({ part }: { part: PartName }) {
  const { m } = useLanguage();
  return (
    <li className={classes.row}>
      <Link href={pages.settingsPart(part)} className={classes.into}>
        <span className={classes.words}>
          <span className={classes.name}>{m.settings[part]}</span>
          <span className={classes.about}>{m.settings.about[part]}</span>
        </span>
        <Icon name="next" size={16} />
      </Link>
    </li>
  );
}
