/** The morning's summary; and for every mail, about whom it tells and in which language. */
import { NativeSelect, Stack, Switch } from "@mantine/core";

import { Panel } from "@/components/panel";
import { useLanguage } from "@/i18n";

import settings from "../settings.module.css";
import type { WishesProps } from "./notices-part";

const COMPANY = "";

export function MorningPanel({ read, wishes, change }: WishesProps) {
  const { m } = useLanguage();
  const words = m.notices;
  const waits = Object.values(wishes.kinds).includes("digest");
  return (
    <Panel title={words.morning}>
      <Stack gap={16} maw={560}>
        <Switch
          label={words.digest(read.digest_at, read.time_zone)}
          description={words.digestBody}
          checked={wishes.digest}
          onChange={(event) => change({ digest: event.currentTarget.checked })}
        />
        {waits && !wishes.digest ? <p className={settings.weak}>{words.digestOff}</p> : null}
      </Stack>
    </Panel>
  );
}

/** About whose customers, and in which language: of every mail. */
export function ScopePanel({ read, wishes, change }: WishesProps) {
  const { m } = useLanguage();
  const words = m.notices;
  return (
    <Panel title={words.scope}>
      <Stack gap={16} maw={560}>
        <Switch
          label={words.onlyMine}
          description={words.onlyMineBody}
          checked={wishes.only_mine}
          onChange={(event) => change({ only_mine: event.currentTarget.checked })}
        />
        <NativeSelect
          label={words.language}
          value={wishes.language ?? COMPANY}
          data={[
            { value: COMPANY, label: words.ofCompany(words.languages[read.company_language]) },
            { value: "es", label: "Español" },
            { value: "en", label: "English" },
          ]}
          onChange={({ currentTarget: { value } }) =>
            change({ language: value === "es" || value === "en" ? value : null })
          }
        />
      </Stack>
    </Panel>
  );
}
